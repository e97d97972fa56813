//! The enrolment link as a picture.

use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder as _, svg::SvgBuilder},
};

/// The link as an SVG, black on white with its quiet zone. `None` if it is too long for a QR code.
///
/// A link that carries the token itself is long; the lowest error correction keeps its modules large enough for a
/// screen, which has no scratches to correct.
pub(crate) fn svg(link: &str) -> Option<String> {
    let code = QRBuilder::new(link).ecl(ECL::L).build().ok()?;
    Some(SvgBuilder::default().margin(4).to_str(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_with_a_token_fits_and_one_beyond_all_bounds_does_not() {
        let picture = svg(&format!("countersign://enrol?token={}", "a".repeat(1200))).unwrap();
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>"));
        assert_eq!(svg(&"a".repeat(3000)), None);
    }
}
