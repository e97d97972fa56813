//! Reports that are not genuine, or not about this: none may be accepted.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use countersign_protocol::{
    challenge_response::{self, ResponseError, SignatureFields},
    date,
    device_jwt::DeviceJwt,
    json::Members,
    jws::{self, JwsError},
    keys::{PublicKey, Signature},
    report::{CONTENT_TYPE, MAX_NOTE, Reason, Report, ReportError, path, to_form},
};
use p256::ecdsa::{SigningKey, signature::Signer};
use proptest::prelude::*;
use serde_json::{Value, json};

const SID: &str = "YC00000000000000000000000000000001";
const FACTOR: &str = "YF00000000000000000000000000000001";
const AT: &str = "2026-11-20T05:00:00Z";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn public(seed: u8) -> PublicKey {
    PublicKey::from_sec1_bytes(&key(seed).verifying_key().to_sec1_bytes()).unwrap()
}

fn sign(input: &str) -> String {
    let signature: p256::ecdsa::Signature = key(1).sign(input.as_bytes());
    jws::assemble(input, &Signature::from_raw(signature.to_bytes().into()))
}

fn report(reason: Reason, note: Option<String>) -> Report {
    Report {
        sid: SID.parse().unwrap(),
        factor_sid: FACTOR.parse().unwrap(),
        reason,
        note,
        at: date::parse(AT).unwrap(),
    }
}

fn verify(text: &str) -> Result<Report, ReportError> {
    Report::verify(text, &SID.parse().unwrap(), &FACTOR.parse().unwrap(), &public(1))
}

/// A report signed by the right key that says whatever it is told to.
fn saying(change: impl FnOnce(&mut Value)) -> String {
    let mut payload = json!({"sid": SID, "factor_sid": FACTOR, "reason": "not_me", "at": AT});
    change(&mut payload);
    let header = format!(r#"{{"cty":"{CONTENT_TYPE}","typ":"JWT","alg":"ES256"}}"#);
    sign(&jws::signing_input(&header, &payload.to_string()))
}

#[test]
fn the_genuine_report_is_accepted() {
    for reason in [Reason::NotMe, Reason::Mistake] {
        for note in [None, Some("ü".repeat(MAX_NOTE))] {
            let report = report(reason, note);
            assert_eq!(verify(&sign(&report.signing_input().unwrap())), Ok(report));
        }
    }
    assert_eq!(verify(&saying(|_| {})), Ok(report(Reason::NotMe, None)));
}

#[test]
fn a_report_that_says_anything_else_is_refused_by_what_is_wrong() {
    let differs = |name| ReportError::Differs { name };
    for (name, value, error) in [
        ("sid", json!("YC00000000000000000000000000000002"), differs("sid")),
        ("sid", Value::Null, differs("sid")),
        (
            "factor_sid",
            json!("YF00000000000000000000000000000002"),
            differs("factor_sid"),
        ),
        ("reason", json!("spam"), ReportError::Reason),
        ("reason", json!("NOT_ME"), ReportError::Reason),
        ("reason", Value::Null, ReportError::Reason),
        ("note", json!("x".repeat(MAX_NOTE + 1)), ReportError::Note),
        ("note", json!(""), ReportError::Note),
        ("note", json!(7), ReportError::Note),
        ("note", Value::Null, ReportError::Note),
        ("at", json!("yesterday"), ReportError::Date),
        ("at", json!(1), ReportError::Date),
    ] {
        assert_eq!(
            verify(&saying(|payload| payload[name] = value.clone())),
            Err(error),
            "{name} {value}"
        );
    }
    for note in [String::new(), "x".repeat(MAX_NOTE + 1)] {
        assert_eq!(
            report(Reason::NotMe, Some(note)).signing_input(),
            Err(ReportError::Note)
        );
    }
}

#[test]
fn another_key_signs_no_report() {
    let signed = saying(|_| {});
    let sid = SID.parse().unwrap();
    let factor = FACTOR.parse().unwrap();
    assert_eq!(
        Report::verify(&signed, &sid, &factor, &public(2)),
        Err(ReportError::Signature)
    );
}

#[test]
fn a_report_is_no_answer_and_no_token_and_neither_is_a_report() {
    let challenge = format!(r#"{{"sid":"{SID}","status":"pending"}}"#);
    let challenge = Members::parse(challenge.as_bytes()).unwrap();
    let fields = SignatureFields::parse("sid,status").unwrap();
    let report = saying(|payload| payload["status"] = "approved".into());
    assert_eq!(
        challenge_response::verify(&report, &challenge, &fields, &public(1)),
        Err(ResponseError::Kind)
    );
    assert!(DeviceJwt::parse(&report).is_err());
    for header in [
        r#"{"typ":"JWT","alg":"ES256"}"#,
        r#"{"cty":"twilio-pba;v=1","typ":"JWT","alg":"ES256"}"#,
    ] {
        let payload = json!({"sid": SID, "factor_sid": FACTOR, "reason": "not_me", "at": AT});
        let other = sign(&jws::signing_input(header, &payload.to_string()));
        assert_eq!(verify(&other), Err(ReportError::Kind), "{header}");
    }
    assert_eq!(verify("not_me"), Err(ReportError::Form(JwsError::Parts)));
}

#[test]
fn a_report_goes_to_the_challenges_own_path() {
    let sid = SID.parse().unwrap();
    assert_eq!(path(&sid), format!("/countersign/v1/challenges/{SID}/reports"));
    assert_eq!(to_form("a.b.c").encode(), "AuthPayload=a.b.c");
}

proptest! {
    #[test]
    fn every_note_reads_back(note in "\\PC{1,256}") {
        let report = report(Reason::Mistake, Some(note));
        prop_assert_eq!(verify(&sign(&report.signing_input().unwrap())), Ok(report));
    }

    #[test]
    fn garbage_is_no_report(text in "\\PC{0,400}") {
        prop_assert!(verify(&text).is_err());
    }
}
