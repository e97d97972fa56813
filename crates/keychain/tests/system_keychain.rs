//! The real keychain of Windows or macOS, as whoever runs this is logged in. Every key has a namespace of its own and
//! is deleted again. (Linux has a keyring of its own for this: see `secret_service`.)
#![cfg(any(target_os = "windows", target_os = "macos"))]

use countersign_keychain::{KeyId, KeychainError, conformance, os_keychain};

#[test]
fn the_systems_keychain_keeps_every_rule_of_a_keychain() {
    let namespace = KeyId::make();
    conformance::check(&|| os_keychain(namespace.as_str()).unwrap());
}

#[test]
fn namespaces_do_not_see_each_others_keys() {
    let open = || os_keychain(KeyId::make().as_str()).unwrap();
    let (id, work, home) = (KeyId::make(), open(), open());
    work.create(&id).unwrap();
    home.delete(&id).unwrap();
    assert!(matches!(home.public_key(&id), Err(KeychainError::Lost { .. })));
    assert!(work.public_key(&id).is_ok());
    work.delete(&id).unwrap();
}

#[cfg(target_os = "windows")]
#[test]
fn a_key_stays_on_this_computer() {
    use keyring_core::api::CredentialStoreApi;

    let (namespace, id) = (KeyId::make(), KeyId::make());
    let keychain = os_keychain(namespace.as_str()).unwrap();
    keychain.create(&id).unwrap();
    let store = windows_native_keyring_store::Store::new().unwrap();
    let entry = store
        .build(&format!("countersign/{namespace}"), id.as_str(), None)
        .unwrap();
    let attributes = entry.get_attributes();
    keychain.delete(&id).unwrap();
    assert_eq!(attributes.unwrap()["persistence"], "Local");
}
