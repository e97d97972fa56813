//! The published vectors: a key, signatures, tokens and webhook signatures that other implementations agree on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{self, Decision, Response, SignatureFields},
    device_jwt::{self, DeviceJwt},
    form::Form,
    json::Members,
    jws,
    keys::{PublicKey, Signature},
    report::{Reason, Report},
    webhook_signature,
};
use p256::{
    ecdsa::{SigningKey, signature::Signer},
    pkcs8::DecodePrivateKey,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

fn text<'a>(value: &'a Value, path: &str) -> &'a str {
    value
        .pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("vectors.json has no {path}"))
}

fn signing_key(vectors: &Value) -> SigningKey {
    SigningKey::from_pkcs8_pem(text(vectors, "/private_key_pkcs8_pem")).unwrap()
}

fn public_key(vectors: &Value) -> PublicKey {
    PublicKey::from_binding(text(vectors, "/binding_public_key_b64")).unwrap()
}

fn sign(key: &SigningKey, message: &str) -> Signature {
    let signature: p256::ecdsa::Signature = key.sign(message.as_bytes());
    Signature::from_raw(signature.to_bytes().into())
}

#[test]
fn the_binding_is_91_bytes_of_spki_with_the_fixed_prefix() {
    let vectors = vectors();
    let key = public_key(&vectors);
    assert_eq!(key.to_binding(), text(&vectors, "/binding_public_key_b64"));
    assert_eq!(key.to_binding().len(), 124);
    let own = signing_key(&vectors);
    assert_eq!(
        PublicKey::from_sec1_bytes(&own.verifying_key().to_sec1_bytes()).unwrap(),
        key
    );
}

#[test]
fn the_proof_of_a_factor_is_der_over_its_sid() {
    let vectors = vectors();
    let sid = text(&vectors, "/verify_factor/signed_bytes");
    let proof = text(&vectors, "/verify_factor/auth_payload_der_b64_example");
    let signature = Signature::from_factor_proof(proof).unwrap();
    assert!(public_key(&vectors).verify(sid.as_bytes(), &signature));
    assert_eq!(signature.to_factor_proof().unwrap(), proof);
    assert!(!public_key(&vectors).verify(b"YF030123456789abcdef0123456789abce", &signature));
}

#[test]
fn the_device_jwt_is_written_byte_for_byte_and_read_back() {
    let vectors = vectors();
    let example = text(&vectors, "/auth_jwt/compact_example");
    let kid = text(&vectors, "/auth_jwt/header/kid");
    let account = text(&vectors, "/auth_jwt/payload/sub");
    let nbf = vectors["auth_jwt"]["payload"]["nbf"].as_i64().unwrap();
    let now = jiff::Timestamp::from_second(nbf).unwrap();

    let input = device_jwt::signing_input(kid, account, now);
    assert_eq!(example.rsplit_once('.').unwrap().0, input);

    let ours = jws::assemble(&input, &sign(&signing_key(&vectors), &input));
    for token in [example, &ours] {
        let jwt = DeviceJwt::parse(token).unwrap();
        assert_eq!(jwt.kid, kid);
        assert_eq!(jwt.verify(&public_key(&vectors), account, now), Ok(()));
    }
    assert_eq!(
        BasicAuth::device(example).to_header(),
        text(&vectors, "/auth_jwt/authorization_header")
    );
}

#[test]
fn the_signed_response_is_written_byte_for_byte_and_read_back() {
    let vectors = vectors();
    let challenge = &vectors["challenge"];
    let body = Members::parse(challenge["get_response_subset"].to_string().as_bytes()).unwrap();
    let ordered = ordered_subset();
    let fields = SignatureFields::parse(text(challenge, "/signature_fields_header")).unwrap();
    let example = text(challenge, "/auth_payload_example");

    let input = challenge_response::signing_input(&ordered, &fields, &Decision::Approved.into()).unwrap();
    assert_eq!(example.rsplit_once('.').unwrap().0, input);

    let ours = jws::assemble(&input, &sign(&signing_key(&vectors), &input));
    for answer in [example, &ours] {
        let response = challenge_response::verify(answer, &body, &fields, &public_key(&vectors));
        assert_eq!(response, Ok(Decision::Approved.into()));
    }
    assert_eq!(fields.to_string(), text(challenge, "/signature_fields_header"));
    assert_eq!(fields, SignatureFields::of_our_server());
}

#[test]
fn a_typed_number_is_signed_beside_the_fields_and_read_back() {
    let vectors = vectors();
    let matched = &vectors["matched_challenge"];
    let hidden = matched["hidden_details"].to_string();
    let members: Vec<_> = ordered_subset()
        .iter()
        .map(|(name, value)| {
            let value = if name == "hidden_details" {
                &hidden
            } else {
                value.get()
            };
            format!("{name:?}:{value}")
        })
        .collect();
    let served = Members::parse(format!("{{{}}}", members.join(",")).as_bytes()).unwrap();
    let fields = SignatureFields::of_our_server();
    let response = Response {
        decision: Decision::Approved,
        number: Some(text(matched, "/typed").parse().unwrap()),
    };
    let example = text(matched, "/auth_payload_example");

    let input = challenge_response::signing_input(&served, &fields, &response).unwrap();
    assert_eq!(example.rsplit_once('.').unwrap().0, input);
    let read = challenge_response::verify(example, &served, &fields, &public_key(&vectors));
    assert_eq!(read, Ok(response));
}

#[test]
fn a_report_is_written_byte_for_byte_and_read_back() {
    let vectors = vectors();
    let payload = &vectors["report"]["jwt_payload"];
    let report = Report {
        sid: text(payload, "/sid").parse().unwrap(),
        factor_sid: text(payload, "/factor_sid").parse().unwrap(),
        reason: Reason::NotMe,
        note: Some(text(payload, "/note").to_owned()),
        at: text(payload, "/at").parse().unwrap(),
    };
    let example = text(&vectors["report"], "/auth_payload_example");

    assert_eq!(
        example.rsplit_once('.').unwrap().0,
        report.signing_input().unwrap()
    );
    let read = Report::verify(example, &report.sid, &report.factor_sid, &public_key(&vectors));
    assert_eq!(read, Ok(report));
}

/// The challenge's members in the order of the file, which `serde_json::Value` would lose.
fn ordered_subset() -> Members {
    let whole = Members::parse(include_str!("vectors.json").as_bytes()).unwrap();
    let challenge = Members::parse(whole.get("challenge").unwrap().get().as_bytes()).unwrap();
    let subset = challenge.get("get_response_subset").unwrap().get();
    // The file is indented, the wire is not: white space between tokens is taken out, inside texts it stays.
    let mut compact = String::new();
    let (mut inside, mut escaped) = (false, false);
    for c in subset.chars() {
        if inside || !c.is_whitespace() {
            compact.push(c);
        }
        match c {
            '"' if !escaped => inside = !inside,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    Members::parse(compact.as_bytes()).unwrap()
}

#[test]
fn webhook_signatures_are_those_of_the_vendors_validators() {
    let vectors = vectors();
    let webhook = &vectors["webhook"];
    let form: Form = webhook["params"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let signatures = webhook["signatures"].as_object().unwrap();
    assert_eq!(signatures.len(), 3);
    for (url, signature) in signatures {
        assert_eq!(
            webhook_signature::sign_form(text(webhook, "/auth_token"), url, &form),
            signature.as_str().unwrap()
        );
    }
}

#[test]
fn der_becomes_raw_as_in_the_android_librarys_own_test() {
    let vectors = vectors();
    let standard = |text: &str| {
        let mut text = text.replace('-', "+").replace('_', "/");
        while !text.len().is_multiple_of(4) {
            text.push('=');
        }
        text
    };
    let der = text(&vectors, "/der_to_raw_from_android_unit_test/der_b64url");
    let raw = text(&vectors, "/der_to_raw_from_android_unit_test/raw_b64url");
    let signature = Signature::from_factor_proof(&standard(der)).unwrap();
    // The end of an assembled JWS is the raw signature in base64url.
    assert_eq!(jws::assemble("x", &signature), format!("x.{raw}"));
}
