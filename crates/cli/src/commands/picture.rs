//! `countersign enrol --qr`: the link in a picture of a QR code.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use countersign_protocol::link::LinkError;
use countersign_qr::{Code, MAX_BYTES, QrError};

use crate::{failure::Failure, plain};

/// The one link in a picture file, or in the picture on standard input. Whatever else is in it stays there.
pub(super) fn link_in(file: &Path) -> Result<String, Failure> {
    let picture = load(file).map_err(|error| {
        let name = plain::line(&file.display().to_string());
        Failure::usage(&format!("{name} cannot be read: {error}"))
    })?;
    let codes = countersign_qr::read(&picture).map_err(unreadable)?;
    let one_time = codes.contains(&Code::OneTimeCode);
    let other = codes.contains(&Code::Other);
    let mut links = codes.into_iter().filter_map(|code| match code {
        Code::Link(text) => Some(text),
        Code::OneTimeCode | Code::Other => None,
    });
    match (links.next(), links.next()) {
        (Some(link), None) => Ok(link),
        (Some(_), Some(_)) => Err(
            Failure::usage("there is more than one enrolment code in the picture")
                .with_advice("Cut out the one that you mean."),
        ),
        (None, _) if one_time => Err(LinkError::OneTimeCode.into()),
        (None, _) if other => Err(Failure::usage("the QR code in the picture is not an enrolment")
            .with_advice("It was not opened.")),
        (None, _) => Err(Failure::usage("there is no QR code in the picture").with_advice(
            "Make the code larger or sharper, with some empty space around it, or copy the link instead.",
        )),
    }
}

/// One byte more than allowed is enough to be refused.
fn load(file: &Path) -> io::Result<Vec<u8>> {
    let mut picture = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut picture)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut picture)?;
    }
    Ok(picture)
}

fn unreadable(error: QrError) -> Failure {
    let advice = match error {
        QrError::TooLarge => "Cut out the part with the code.",
        QrError::UnknownFormat => "PNG, JPEG, WebP, GIF and BMP are read.",
        QrError::Damaged => "Save or copy it again.",
    };
    Failure::usage(&error.to_string()).with_advice(advice)
}
