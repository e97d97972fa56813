//! S-02 of the table in docs/security.md: the published vectors of the project Wycheproof, through our own reading of
//! keys and signatures.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use base64ct::{Base64, Encoding as _};
use countersign_protocol::keys::{PublicKey, Signature};
use wycheproof::{
    TestResult,
    ecdsa::{TestName, TestSet},
};

/// Goes through a set of vectors with a way to read signatures, and says how many there were, and of how many we
/// think otherwise than Wycheproof does.
fn disagreements(set: TestName, read: impl Fn(&[u8]) -> Option<Signature>) -> (usize, Vec<String>) {
    let (mut vectors, mut otherwise) = (0, Vec::new());
    for group in TestSet::load(set).unwrap().test_groups {
        let key = PublicKey::from_sec1_bytes(&group.key.key).unwrap();
        assert_eq!(
            PublicKey::from_binding(&Base64::encode_string(&group.der)),
            Ok(key),
            "the two encodings of a key are of one key"
        );
        for test in group.tests {
            let accepted = read(&test.sig).is_some_and(|signature| key.verify(&test.msg, &signature));
            if accepted != (test.result == TestResult::Valid) {
                otherwise.push(format!("{} {} is {:?}", test.tc_id, test.comment, test.result));
            }
            vectors += 1;
        }
    }
    (vectors, otherwise)
}

#[test]
fn every_published_vector_of_a_signature_is_judged_as_wycheproof_does() {
    let raw = |bytes: &[u8]| Signature::from_raw_slice(bytes).ok();
    let (of_answers, mut otherwise) = disagreements(TestName::EcdsaSecp256r1Sha256P1363, raw);
    let der = |bytes: &[u8]| Signature::from_der(bytes).ok();
    let (of_proofs, of_der) = disagreements(TestName::EcdsaSecp256r1Sha256, der);
    otherwise.extend(of_der);
    println!(
        "S-02 vectors of Wycheproof: {of_answers} of r || s and {of_proofs} of DER, {} judged otherwise",
        otherwise.len()
    );
    assert!(of_answers > 200 && of_proofs > 400);
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}
