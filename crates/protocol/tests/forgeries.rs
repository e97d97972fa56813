//! Answers and tokens that are not genuine: none may be accepted, and none may do more than be refused.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use base64ct::{Base64UrlUnpadded, Encoding};
use countersign_protocol::{
    challenge_response::{self, Decision, Response, ResponseError, SignatureFields},
    device_jwt::{self, DeviceJwt, DeviceJwtError},
    json::Members,
    jws::{self, JwsError},
    keys::{KeyError, PublicKey, Signature},
    matching::{self, MatchNumber},
};
use p256::ecdsa::{SigningKey, signature::Signer};
use proptest::prelude::*;

const CHALLENGE: &str = r#"{"sid":"YC00","factor_sid":"YF00","details":{"message":"Pay 100","fields":[]},"hidden_details":null,"amount":100,"status":"pending"}"#;
const FIELDS: &str = "sid,factor_sid,details,hidden_details,amount,status";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap()
}

fn sign(key: &SigningKey, input: &str) -> String {
    let signature: p256::ecdsa::Signature = key.sign(input.as_bytes());
    jws::assemble(input, &Signature::from_raw(signature.to_bytes().into()))
}

fn signed(header: &str, payload: &str) -> String {
    sign(&key(1), &jws::signing_input(header, payload))
}

fn challenge() -> Members {
    Members::parse(CHALLENGE.as_bytes()).unwrap()
}

fn fields() -> SignatureFields {
    SignatureFields::parse(FIELDS).unwrap()
}

fn verify(answer: &str) -> Result<Response, ResponseError> {
    challenge_response::verify(answer, &challenge(), &fields(), &public(&key(1)))
}

fn genuine(decision: Decision) -> String {
    sign(
        &key(1),
        &challenge_response::signing_input(&challenge(), &fields(), &decision.into()).unwrap(),
    )
}

const HEADER: &str = r#"{"typ":"JWT","alg":"ES256"}"#;

fn payload(change: impl FnOnce(&mut Vec<(&str, String)>)) -> String {
    let mut members = vec![
        ("sid", r#""YC00""#.to_owned()),
        ("factor_sid", r#""YF00""#.to_owned()),
        ("details", r#"{"message":"Pay 100","fields":[]}"#.to_owned()),
        ("hidden_details", "null".to_owned()),
        ("amount", "100".to_owned()),
        ("status", r#""approved""#.to_owned()),
    ];
    change(&mut members);
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("{name:?}:{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn the_genuine_answer_is_accepted_in_any_order_and_escaping() {
    assert_eq!(
        verify(&genuine(Decision::Approved)),
        Ok(Decision::Approved.into())
    );
    assert_eq!(verify(&genuine(Decision::Denied)), Ok(Decision::Denied.into()));
    assert_eq!(
        verify(&signed(HEADER, &payload(|members| members.reverse()))),
        Ok(Decision::Approved.into())
    );
    let escaped =
        payload(|members| members[2].1 = r#"{ "fields": [], "message": "\u0050ay 100" }"#.to_owned());
    assert_eq!(verify(&signed(HEADER, &escaped)), Ok(Decision::Approved.into()));
}

#[test]
fn an_answer_to_something_else_is_refused_by_the_name_of_the_field() {
    for (at, value) in [
        (0, r#""YC01""#),
        (1, r#""YF01""#),
        (2, r#"{"message":"Pay 1","fields":[]}"#),
        (3, "{}"),
        (4, "100.0"),
    ] {
        let changed = payload(|members| members[at].1 = value.to_owned());
        assert!(
            matches!(
                verify(&signed(HEADER, &changed)),
                Err(ResponseError::Differs { .. })
            ),
            "{changed}"
        );
        let missing = payload(|members| drop(members.remove(at)));
        assert!(
            matches!(
                verify(&signed(HEADER, &missing)),
                Err(ResponseError::Differs { .. })
            ),
            "{missing}"
        );
    }
}

#[test]
fn only_approved_and_denied_are_answers() {
    for status in [r#""pending""#, r#""expired""#, r#""Approved""#, "true", "null"] {
        let changed = payload(|members| members[5].1 = status.to_owned());
        assert_eq!(
            verify(&signed(HEADER, &changed)),
            Err(ResponseError::Status),
            "{status}"
        );
    }
    let twice = payload(|members| members.push(("status", r#""denied""#.to_owned())));
    assert_eq!(
        verify(&signed(HEADER, &twice)),
        Err(ResponseError::Form(JwsError::Json))
    );
}

#[test]
fn other_algorithms_and_headers_that_choose_the_key_are_refused() {
    let payload = payload(|_| {});
    for (header, error) in [
        (r#"{"alg":"none"}"#, JwsError::Algorithm),
        (r#"{"alg":"HS256"}"#, JwsError::Algorithm),
        (r#"{"alg":"es256"}"#, JwsError::Algorithm),
        (r#"{"typ":"JWT"}"#, JwsError::Algorithm),
        (r#"{"alg":"ES256","alg":"none"}"#, JwsError::Json),
        (r#"{"alg":"ES256","crit":["exp"]}"#, JwsError::Header),
        (r#"{"alg":"ES256","jwk":{}}"#, JwsError::Header),
        (
            r#"{"alg":"ES256","jku":"https://evil.example"}"#,
            JwsError::Header,
        ),
        (
            r#"{"alg":"ES256","x5u":"https://evil.example"}"#,
            JwsError::Header,
        ),
        (r#"{"alg":"ES256","b64":false}"#, JwsError::Header),
        ("[]", JwsError::Json),
    ] {
        assert_eq!(
            verify(&signed(header, &payload)),
            Err(ResponseError::Form(error)),
            "{header}"
        );
    }
    let device = r#"{"cty":"twilio-pba;v=1","kid":"CR","typ":"JWT","alg":"ES256"}"#;
    assert_eq!(verify(&signed(device, &payload)), Err(ResponseError::Kind));
}

#[test]
fn another_key_der_and_numbers_out_of_range_are_refused() {
    let input =
        challenge_response::signing_input(&challenge(), &fields(), &Decision::Approved.into()).unwrap();
    assert_eq!(verify(&sign(&key(2), &input)), Err(ResponseError::Signature));
    let order: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
        0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    for r in [[0; 32], order, [0xff; 32], [1; 32]] {
        for s in [[0; 32], order, [0xff; 32], [1; 32]] {
            let mut raw = [0; 64];
            raw[..32].copy_from_slice(&r);
            raw[32..].copy_from_slice(&s);
            assert_eq!(
                verify(&jws::assemble(&input, &Signature::from_raw(raw))),
                Err(ResponseError::Signature)
            );
        }
    }
    let der: p256::ecdsa::Signature = key(1).sign(input.as_bytes());
    let der = Base64UrlUnpadded::encode_string(der.to_der().as_bytes());
    assert_eq!(
        verify(&format!("{input}.{der}")),
        Err(ResponseError::Form(JwsError::SignatureLength))
    );
}

#[test]
fn the_server_cannot_make_a_device_sign_a_field_that_is_not_there() {
    let fields = SignatureFields::parse("sid,secret,status").unwrap();
    assert_eq!(
        challenge_response::signing_input(&challenge(), &fields, &Decision::Denied.into()),
        Err(ResponseError::MissingField {
            name: "secret".to_owned()
        })
    );
    for header in ["", ",", "sid,,status", "sid,sid", " "] {
        assert_eq!(
            SignatureFields::parse(header),
            Err(ResponseError::Fields),
            "{header:?}"
        );
    }
    assert_eq!(
        SignatureFields::parse("sid, account_sid ").unwrap().to_string(),
        "sid,account_sid"
    );
}

#[test]
fn what_was_typed_is_read_out_of_the_signature_and_nowhere_else() {
    let number = |text: &str| text.parse::<MatchNumber>().unwrap();
    let typed = |digits: &str| Response {
        decision: Decision::Approved,
        number: Some(number(digits)),
    };
    let sign_typed = |response: &Response| {
        let input = challenge_response::signing_input(&challenge(), &fields(), response).unwrap();
        sign(&key(1), &input)
    };
    for digits in ["00", "042137", "99999999"] {
        assert_eq!(verify(&sign_typed(&typed(digits))), Ok(typed(digits)));
    }
    assert_ne!(verify(&sign_typed(&typed("042137"))), Ok(typed("042138")));
    for value in [
        r#""1""#,
        r#""123456789""#,
        "123456",
        "null",
        r#""""#,
        r#""12a""#,
        "[]",
    ] {
        let answer = signed(
            HEADER,
            &payload(|members| members.push((matching::KEY, value.to_owned()))),
        );
        assert_eq!(verify(&answer), Err(ResponseError::Number), "{value}");
    }
    let twice = payload(|members| {
        members.push((matching::KEY, r#""12""#.to_owned()));
        members.push((matching::KEY, r#""13""#.to_owned()));
    });
    assert_eq!(
        verify(&signed(HEADER, &twice)),
        Err(ResponseError::Form(JwsError::Json))
    );
}

#[test]
fn the_server_cannot_put_digits_into_an_answer_in_the_persons_place() {
    let challenge = CHALLENGE.replace("\"amount\":100", "\"countersign.match\":\"123456\"");
    let challenge = Members::parse(challenge.as_bytes()).unwrap();
    let fields = SignatureFields::parse("sid,countersign.match,status").unwrap();
    assert_eq!(
        challenge_response::signing_input(&challenge, &fields, &Decision::Approved.into()),
        Err(ResponseError::Fields)
    );
}

#[test]
fn a_device_jwt_is_held_against_key_account_and_time() {
    let now = jiff::Timestamp::from_second(1_795_149_889).unwrap();
    let at = |seconds: i64| jiff::Timestamp::from_second(now.as_second() + seconds).unwrap();
    let token = sign(&key(1), &device_jwt::signing_input("CR1", "AC1", now));
    let verify = |seconds| {
        DeviceJwt::parse(&token)
            .unwrap()
            .verify(&public(&key(1)), "AC1", at(seconds))
    };
    for seconds in [0, -120, 600, 720] {
        assert_eq!(verify(seconds), Ok(()), "{seconds}");
    }
    assert_eq!(verify(-121), Err(DeviceJwtError::NotYetValid));
    assert_eq!(verify(721), Err(DeviceJwtError::Expired));
    let jwt = DeviceJwt::parse(&token).unwrap();
    assert_eq!(
        jwt.verify(&public(&key(1)), "AC2", now),
        Err(DeviceJwtError::Subject)
    );
    assert_eq!(
        jwt.verify(&public(&key(2)), "AC1", now),
        Err(DeviceJwtError::Jws(JwsError::Signature))
    );
}

#[test]
fn a_device_jwt_lives_ten_minutes_at_most() {
    let header = r#"{"cty":"twilio-pba;v=1","kid":"CR1","typ":"JWT","alg":"ES256"}"#;
    let now = jiff::Timestamp::from_second(1000).unwrap();
    let verify = |claims: &str| {
        DeviceJwt::parse(&signed(header, claims)).and_then(|jwt| jwt.verify(&public(&key(1)), "AC1", now))
    };
    assert_eq!(verify(r#"{"sub":"AC1","nbf":1000,"exp":1600}"#), Ok(()));
    for claims in [
        r#"{"sub":"AC1","nbf":1000,"exp":1601}"#,
        r#"{"sub":"AC1","nbf":1000,"exp":1000}"#,
        r#"{"sub":"AC1","nbf":1000,"exp":900}"#,
        r#"{"sub":"AC1","nbf":-9223372036854775808,"exp":9223372036854775807}"#,
    ] {
        assert_eq!(verify(claims), Err(DeviceJwtError::Lifetime), "{claims}");
    }
    for (claims, name) in [
        (r#"{"nbf":1000,"exp":1600}"#, "sub"),
        (r#"{"sub":"AC1","exp":1600}"#, "nbf"),
        (r#"{"sub":"AC1","nbf":1000}"#, "exp"),
        (r#"{"sub":"AC1","nbf":"1000","exp":1600}"#, "nbf"),
        (r#"{"sub":"AC1","nbf":1000,"exp":1600.5}"#, "exp"),
    ] {
        assert_eq!(verify(claims), Err(DeviceJwtError::Claim { name }), "{claims}");
    }
    let answer_kind = signed(HEADER, r#"{"sub":"AC1","nbf":1000,"exp":1600}"#);
    assert_eq!(DeviceJwt::parse(&answer_kind).err(), Some(DeviceJwtError::Kind));
}

#[test]
fn only_uncompressed_p_256_keys_bind_a_factor() {
    let spki = public(&key(1)).to_binding();
    assert!(PublicKey::from_binding(&spki).is_ok());
    assert_eq!(PublicKey::from_binding("dGVzdF9rZXk="), Err(KeyError::NotP256));
    assert_eq!(PublicKey::from_binding(""), Err(KeyError::NotP256));
    assert_eq!(
        PublicKey::from_binding(spki.trim_end_matches('=')),
        Err(KeyError::Base64)
    );
    assert_eq!(
        PublicKey::from_binding(&format!("{spki}\n")),
        Err(KeyError::Base64)
    );
    // The same 91 bytes with a point that is not on the curve.
    let off_curve = format!("{}AAAA", &spki[..spki.len() - 4]);
    assert_eq!(PublicKey::from_binding(&off_curve), Err(KeyError::NotP256));
}

proptest! {
    #[test]
    fn one_flipped_bit_anywhere_is_refused(at in 0usize..600, bit in 0u8..8) {
        let mut answer = genuine(Decision::Approved).into_bytes();
        let at = at % answer.len();
        answer[at] ^= 1 << bit;
        let Ok(text) = String::from_utf8(answer) else { return Ok(()) };
        prop_assert!(verify(&text).is_err());
    }

    #[test]
    fn garbage_is_refused(text in "\\PC{0,400}") {
        prop_assert!(verify(&text).is_err());
        prop_assert!(DeviceJwt::parse(&text).is_err());
    }

    #[test]
    fn garbage_in_three_parts_is_refused(header: Vec<u8>, payload: Vec<u8>, signature: Vec<u8>) {
        let encode = Base64UrlUnpadded::encode_string;
        let text = format!("{}.{}.{}", encode(&header), encode(&payload), encode(&signature));
        prop_assert!(verify(&text).is_err());
    }

    #[test]
    fn signatures_round_trip_through_der(seed in 1u8..=254, message: Vec<u8>) {
        let signature: p256::ecdsa::Signature = key(seed).sign(&message);
        let signature = Signature::from_raw(signature.to_bytes().into());
        prop_assert_eq!(Signature::from_der(&signature.to_der().unwrap()), Ok(signature));
        prop_assert_eq!(Signature::from_factor_proof(&signature.to_factor_proof().unwrap()), Ok(signature));
        prop_assert!(public(&key(seed)).verify(&message, &signature));
    }
}
