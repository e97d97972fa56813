//! `countersign enrol`: shows where a link leads, asks, and enrols.

use std::io::{self, BufRead, Read};

use countersign_core::{EnrolmentPreview, Factor, PreviewKind};
use countersign_protocol::link::{LinkError, MAX_LEN};

use crate::{
    arguments::Consent, failure::Failure, keychain::Use, output, plain, session::Session, terminal,
    views::FactorView,
};

const UNCONFIRMED: &str = "Nothing was created.";

/// Enrols this computer.
pub(crate) async fn run(session: &Session, link: &str, consent: Consent) -> Result<(), Failure> {
    let link = if link == "-" {
        read_link()?
    } else {
        link.to_owned()
    };
    // Until the person has agreed, no vault is made and no passphrase is asked for.
    let preview = EnrolmentPreview::of(&link, session.open_keychain(Use::Nothing)?.location())?;
    if !consent.yes && !output::is_attended() {
        return Err(Failure::unattended(UNCONFIRMED));
    }
    session.output.show(&describe(&preview));
    if !consent.yes {
        session
            .output
            .confirm("Enrol this computer there?", UNCONFIRMED)?;
    }
    let opened = session.open(Use::Make).await;
    let authenticator = opened.map_err(|failure| failure.and("This computer was not enrolled."))?;
    let factor = authenticator.enrol(&link).await?;
    session
        .output
        .result(&FactorView::from(&factor), || done(&factor))
}

/// The link on standard input: a line of a terminal, or all of a pipe.
fn read_link() -> Result<String, Failure> {
    let mut link = String::new();
    let input = io::stdin().lock();
    // One byte more than allowed is enough to tell that it is too long.
    let mut input = input.take(MAX_LEN as u64 + 2);
    let read = if output::is_attended() {
        input.read_line(&mut link)
    } else {
        input.read_to_string(&mut link)
    };
    read.map_err(|_| Failure::from(LinkError::Malformed))?;
    if output::is_attended() && terminal::holds_more_lines() {
        return Err(Failure::usage(
            "more than one line was pasted, and what follows a link could pass for an answer",
        )
        .with_advice("Paste the link alone."));
    }
    Ok(link)
}

/// What will happen, host first.
fn describe(preview: &EnrolmentPreview) -> String {
    let mut text = format!(
        "This enrols this computer at\n\n  {}\n",
        plain::line(&preview.host)
    );
    if let Some(unicode) = &preview.unicode_host {
        text.push_str(&format!(
            "  written {}: look twice, letters of other scripts can look alike\n",
            plain::line(unicode)
        ));
    }
    if preview.is_cloud {
        text.push_str("  the vendor's cloud service\n");
    } else if preview.is_loopback {
        text.push_str("  which is this computer itself\n");
    }
    text.push('\n');
    let mut fact =
        |label: &str, value: &str| text.push_str(&format!("  {label:<10}{}\n", plain::line(value)));
    if preview.kind == PreviewKind::Ticket {
        fact(
            "For",
            "whatever this host answers with; it is asked once, after your yes",
        );
    }
    if let Some(issuer) = &preview.issuer {
        fact("Issuer", &format!("{issuer} (so says the link)"));
    }
    if let Some(account) = &preview.account {
        fact("Account", &format!("{account} (so says the link)"));
    }
    if let Some(identity) = &preview.identity {
        fact("Identity", identity.as_str());
    }
    if let Some(service_sid) = &preview.service_sid {
        fact("Service", service_sid.as_str());
    }
    fact(
        "Key",
        &format!("a new one, kept in {}", preview.key_location.words()),
    );
    text.push_str(&format!(
        "\nOnly continue if you started this yourself just now and trust {}.\n",
        plain::line(&preview.host)
    ));
    text
}

fn done(factor: &Factor) -> String {
    let account = factor.account.as_deref().unwrap_or(factor.identity.as_str());
    format!(
        "Enrolled for {} at {} as {}.\nIts key is kept in {}.",
        plain::line(account),
        factor.server_host(),
        factor.sid,
        factor.key_location,
    )
}

#[cfg(test)]
mod tests {
    use countersign_keychain::KeyLocation;

    use super::*;

    #[test]
    fn the_host_comes_first_and_claims_are_told_as_claims() {
        let preview = EnrolmentPreview {
            kind: PreviewKind::Direct,
            host: "xn--pple-43d.example".to_owned(),
            unicode_host: Some("аpple.example".to_owned()),
            is_loopback: false,
            is_cloud: false,
            issuer: Some("Bank\u{202e}\nKey       none".to_owned()),
            account: None,
            identity: Some("user-0001".parse().unwrap()),
            service_sid: None,
            key_location: KeyLocation::Vault,
        };
        let text = describe(&preview);
        assert!(
            text.starts_with(
                "This enrols this computer at\n\n  xn--pple-43d.example\n  written аpple.example"
            )
        );
        assert!(
            text.contains("Bank\u{fffd} Key none (so says the link)\n"),
            "{text}"
        );
        assert!(
            text.contains("Key       a new one, kept in a file encrypted with your passphrase\n"),
            "{text}"
        );
        assert!(
            text.contains(
                "Only continue if you started this yourself just now and trust xn--pple-43d.example."
            )
        );
    }
}
