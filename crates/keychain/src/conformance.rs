//! What every keychain must do, as one suite.
//!
//! A back end is right when [`check`] returns: it runs against memory, the vault and a real keyring alike.

use crate::{KeyId, Keychain, KeychainError};

/// Opens the keychain under test once more: the same place, as another process would see it.
pub type Open<'a> = &'a dyn Fn() -> Box<dyn Keychain>;

type Rule = (&'static str, fn(Open<'_>));

/// Every rule, by name. They leave no key behind.
const RULES: &[Rule] = &[
    (
        "a created key makes signatures that its public key verifies",
        created_keys_sign,
    ),
    (
        "the public key never changes, also for whoever opens the keychain later",
        keys_last,
    ),
    ("two keys are different keys", keys_differ),
    (
        "an id that is taken is refused and its key stays",
        taken_ids_are_refused,
    ),
    ("a key that was never created is lost", unknown_keys_are_lost),
    (
        "a deleted key is lost, and deleting it again is no error",
        deletion_is_final,
    ),
    ("deleting one key leaves the others", deletion_is_narrow),
    ("a message may be empty or long", messages_of_any_length),
    (
        "nothing is lost when several threads create, sign and delete at once",
        concurrent_use,
    ),
];

/// Runs every rule.
///
/// # Panics
/// At the first rule that is broken, naming it.
pub fn check(open: Open<'_>) {
    for (rule, holds) in RULES {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| holds(open)));
        assert!(outcome.is_ok(), "broken rule: {rule}");
    }
}

fn created_keys_sign(open: Open<'_>) {
    let (keychain, id) = (open(), KeyId::make());
    let public_key = keychain.create(&id).expect("create");
    let signature = keychain.sign(&id, b"approve").expect("sign");
    assert!(
        public_key.verify(b"approve", &signature),
        "the signature must verify"
    );
    assert!(
        !public_key.verify(b"deny", &signature),
        "it must not verify for another message"
    );
    keychain.delete(&id).expect("delete");
}

fn keys_last(open: Open<'_>) {
    let id = KeyId::make();
    let created = open().create(&id).expect("create");
    let keychain = open();
    assert_eq!(keychain.public_key(&id).expect("public key"), created);
    let signature = keychain.sign(&id, b"later").expect("sign");
    assert!(created.verify(b"later", &signature));
    keychain.delete(&id).expect("delete");
}

fn keys_differ(open: Open<'_>) {
    let (keychain, first, second) = (open(), KeyId::make(), KeyId::make());
    assert_ne!(
        keychain.create(&first).expect("create"),
        keychain.create(&second).expect("create")
    );
    keychain.delete(&first).expect("delete");
    keychain.delete(&second).expect("delete");
}

fn taken_ids_are_refused(open: Open<'_>) {
    let (keychain, id) = (open(), KeyId::make());
    let created = keychain.create(&id).expect("create");
    assert!(matches!(open().create(&id), Err(KeychainError::AlreadyExists)));
    assert_eq!(keychain.public_key(&id).expect("public key"), created);
    keychain.delete(&id).expect("delete");
}

fn unknown_keys_are_lost(open: Open<'_>) {
    let (keychain, id) = (open(), KeyId::make());
    assert_lost(keychain.as_ref(), &id);
}

fn deletion_is_final(open: Open<'_>) {
    let (keychain, id) = (open(), KeyId::make());
    keychain.create(&id).expect("create");
    keychain.delete(&id).expect("delete");
    assert_lost(keychain.as_ref(), &id);
    assert_lost(open().as_ref(), &id);
    keychain.delete(&id).expect("delete again");
    let anew = keychain.create(&id).expect("the id is free again");
    assert_eq!(keychain.public_key(&id).expect("public key"), anew);
    keychain.delete(&id).expect("delete");
}

fn deletion_is_narrow(open: Open<'_>) {
    let (keychain, kept, gone) = (open(), KeyId::make(), KeyId::make());
    let public_key = keychain.create(&kept).expect("create");
    keychain.create(&gone).expect("create");
    keychain.delete(&gone).expect("delete");
    assert_eq!(keychain.public_key(&kept).expect("public key"), public_key);
    keychain.delete(&kept).expect("delete");
}

fn messages_of_any_length(open: Open<'_>) {
    let (keychain, id) = (open(), KeyId::make());
    let public_key = keychain.create(&id).expect("create");
    for message in [vec![], vec![0; 64 * 1024]] {
        let signature = keychain.sign(&id, &message).expect("sign");
        assert!(public_key.verify(&message, &signature));
    }
    keychain.delete(&id).expect("delete");
}

fn concurrent_use(open: Open<'_>) {
    let keychains = [open(), open(), open()];
    let ids: Vec<[KeyId; 3]> = keychains
        .iter()
        .map(|_| std::array::from_fn(|_| KeyId::make()))
        .collect();
    std::thread::scope(|scope| {
        for (keychain, ids) in keychains.iter().zip(&ids) {
            scope.spawn(move || {
                let [first, second, third] = ids;
                let public_key = keychain.create(first).expect("create");
                keychain.create(second).expect("create");
                keychain.delete(second).expect("delete");
                keychain.create(third).expect("create");
                let signature = keychain.sign(first, b"together").expect("sign");
                assert!(public_key.verify(b"together", &signature));
            });
        }
    });
    let keychain = open();
    for [first, second, third] in &ids {
        for kept in [first, third] {
            keychain
                .public_key(kept)
                .expect("a key that was created is there");
            keychain.delete(kept).expect("delete");
        }
        assert_lost(keychain.as_ref(), second);
    }
}

fn assert_lost(keychain: &dyn Keychain, id: &KeyId) {
    let lost = |error: KeychainError| matches!(error, KeychainError::Lost { id: of } if of == *id);
    assert!(
        keychain.public_key(id).is_err_and(lost),
        "public_key must say that the key is lost"
    );
    assert!(
        keychain.sign(id, b"").is_err_and(lost),
        "sign must say that the key is lost"
    );
}
