//! What an approval costs on either side, without network or disk.

use std::hint::black_box;

use countersign_protocol::{
    challenge_response::{self, Decision, SignatureFields},
    json::Members,
    jws,
    keys::{PublicKey, Signature},
    link::Link,
};
use criterion::Criterion;
use p256::ecdsa::{SigningKey, signature::Signer};

const CHALLENGE: &str = r#"{"sid":"YC00000000000000000000000000000001","account_sid":"AC00000000000000000000000000000001","service_sid":"VA00000000000000000000000000000001","entity_sid":"YE00000000000000000000000000000001","identity":"user-0001","factor_sid":"YF00000000000000000000000000000001","date_created":"2026-11-20T04:44:49Z","expiration_date":"2026-11-20T04:49:49Z","details":{"message":"Sign in to Acme?","fields":[{"label":"Where","value":"Lisbon"},{"label":"Browser","value":"Firefox"}]},"hidden_details":{"action_id":"1"},"status":"pending"}"#;

const LINK: &str = "countersign://enrol?v=1&server=https%3A%2F%2Fverify.acme.example&service=VA00000000000000000000000000000001&identity=user-0001&token=a.b.c&issuer=Acme";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let key = SigningKey::from_slice(&[7; 32]).expect("a scalar in range");
    let public = PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).expect("a point");
    let fields = SignatureFields::of_our_server();
    let challenge = Members::parse(CHALLENGE.as_bytes()).expect("an object");
    let answer = sign(&key, &challenge, &fields);

    criterion.bench_function("sign an answer", |bench| {
        bench.iter(|| sign(black_box(&key), &challenge, &fields));
    });
    criterion.bench_function("verify an answer", |bench| {
        bench.iter(|| challenge_response::verify(black_box(&answer), &challenge, &fields, &public));
    });
    criterion.bench_function("read an enrolment link", |bench| {
        bench.iter(|| Link::parse(black_box(LINK)));
    });
    criterion.final_summary();
}

fn sign(key: &SigningKey, challenge: &Members, fields: &SignatureFields) -> String {
    let input = challenge_response::signing_input(challenge, fields, &Decision::Approved.into())
        .expect("every field is there");
    let signature: p256::ecdsa::Signature = key.sign(input.as_bytes());
    jws::assemble(&input, &Signature::from_raw(signature.to_bytes().into()))
}
