//! The Secret Service back end against a real GNOME Keyring on a private session bus.
#![cfg(target_os = "linux")]

mod session;

use std::collections::HashMap;
use std::time::Duration;

use countersign_keychain::{KeyId, Keychain, KeychainError, KeychainThread, conformance, os_keychain};
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use session::{Keyring, on_a_private_bus, without_a_bus};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(200);

#[test]
fn a_real_keyring_keeps_every_rule_of_a_keychain() {
    on_a_private_bus("a_real_keyring_keeps_every_rule_of_a_keychain", || {
        let _keyring = Keyring::start();
        conformance::check(&|| os_keychain("default").unwrap());
        assert_eq!(
            items(&HashMap::from([("service", "countersign/default")])),
            0,
            "no key is left behind"
        );
    });
}

#[test]
fn keys_are_stored_as_text_under_names_that_never_change() {
    on_a_private_bus("keys_are_stored_as_text_under_names_that_never_change", || {
        let _keyring = Keyring::start();
        let id = KeyId::make();
        os_keychain("default").unwrap().create(&id).unwrap();
        let service = other_program();
        let found = service.search_items(attributes(&id)).unwrap().unlocked;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].get_label().unwrap(), "Countersign signing key");
        let secret = found[0].get_secret().unwrap();
        assert_eq!(secret.len(), 44, "32 bytes as padded base64");
        assert!(secret.is_ascii());
    });
}

#[test]
fn namespaces_do_not_see_each_others_keys() {
    on_a_private_bus("namespaces_do_not_see_each_others_keys", || {
        let _keyring = Keyring::start();
        let (id, work, home) = (
            KeyId::make(),
            os_keychain("work").unwrap(),
            os_keychain("home").unwrap(),
        );
        work.create(&id).unwrap();
        home.delete(&id).unwrap();
        assert!(matches!(home.public_key(&id), Err(KeychainError::Lost { .. })));
        assert!(work.public_key(&id).is_ok());
    });
}

#[test]
fn without_a_secret_service_the_keychain_is_missing_until_there_is_one() {
    on_a_private_bus(
        "without_a_secret_service_the_keychain_is_missing_until_there_is_one",
        || {
            let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
            assert_missing(keychain.as_ref(), &id);
            let keyring = Keyring::start();
            keychain.create(&id).unwrap();
            keyring.stop();
            assert_missing(keychain.as_ref(), &id);
        },
    );
}

#[test]
fn without_a_session_bus_the_keychain_is_missing() {
    without_a_bus("without_a_session_bus_the_keychain_is_missing", || {
        assert_missing(os_keychain("default").unwrap().as_ref(), &KeyId::make());
    });
}

#[test]
fn a_keyring_that_was_restarted_is_reached_again() {
    on_a_private_bus("a_keyring_that_was_restarted_is_reached_again", || {
        let keyring = Keyring::start();
        let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
        let public_key = keychain.create(&id).unwrap();
        keyring.stop();
        let _keyring = Keyring::start();
        assert_eq!(keychain.public_key(&id).unwrap(), public_key);
        assert!(public_key.verify(b"again", &keychain.sign(&id, b"again").unwrap()));
    });
}

#[test]
fn a_locked_keyring_with_nobody_to_ask_is_locked() {
    on_a_private_bus("a_locked_keyring_with_nobody_to_ask_is_locked", || {
        let _keyring = Keyring::start();
        let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
        keychain.create(&id).unwrap();
        lock();
        assert!(matches!(
            keychain.create(&KeyId::make()),
            Err(KeychainError::Locked)
        ));
        assert!(matches!(keychain.public_key(&id), Err(KeychainError::Locked)));
        assert!(matches!(keychain.sign(&id, b""), Err(KeychainError::Locked)));
        assert!(matches!(keychain.delete(&id), Err(KeychainError::Locked)));
        assert_eq!(items(&attributes(&id)), 1, "the key is there still");
    });
}

#[test]
fn a_password_prompt_that_nobody_answers_holds_up_nobody() {
    on_a_private_bus("a_password_prompt_that_nobody_answers_holds_up_nobody", || {
        let _keyring = Keyring::start();
        let (keychain, id, late) = (os_keychain("default").unwrap(), KeyId::make(), KeyId::make());
        keychain.create(&id).unwrap();
        lock();
        let prompter = session::SilentPrompter::start();
        let keychain = KeychainThread::start(keychain, SHORT);
        assert!(matches!(
            block_on(keychain.create(&late)),
            Err(KeychainError::TimedOut)
        ));
        assert!(matches!(
            block_on(keychain.sign(&id, b"")),
            Err(KeychainError::TimedOut)
        ));
        assert!(prompter.was_asked(), "the keyring asks for its password");
        drop(keychain);
        assert_eq!(items(&attributes(&late)), 0);
    });
}

#[test]
fn a_keyring_that_hangs_times_out_and_leaves_no_key_when_it_goes_on() {
    on_a_private_bus(
        "a_keyring_that_hangs_times_out_and_leaves_no_key_when_it_goes_on",
        || {
            let keyring = Keyring::start();
            let keychain = os_keychain("default").unwrap();
            keychain.delete(&KeyId::make()).unwrap();
            let (hanging, queued) = (KeyId::make(), KeyId::make());
            keyring.freeze();
            let keychain = KeychainThread::start(keychain, SHORT);
            assert!(matches!(
                block_on(keychain.create(&hanging)),
                Err(KeychainError::TimedOut)
            ));
            assert!(matches!(
                block_on(keychain.create(&queued)),
                Err(KeychainError::TimedOut)
            ));
            keyring.thaw();
            // Calls are carried out in order: once one is answered, those before it are over.
            let answer = std::iter::repeat_with(|| block_on(keychain.public_key(&hanging)))
                .find(|answer| !matches!(answer, Err(KeychainError::TimedOut)));
            assert!(matches!(answer, Some(Err(KeychainError::Lost { .. }))));
            assert_eq!(items(&HashMap::from([("service", "countersign/default")])), 0);
        },
    );
}

#[test]
fn a_keyring_can_be_tried_out() {
    on_a_private_bus("a_keyring_can_be_tried_out", || {
        let keychain = KeychainThread::start(os_keychain("default").unwrap(), LONG);
        assert!(matches!(
            block_on(keychain.try_out()),
            Err(KeychainError::Missing)
        ));
        let _keyring = Keyring::start();
        block_on(keychain.try_out()).unwrap();
        assert_eq!(items(&HashMap::from([("service", "countersign/default")])), 0);
        lock();
        assert!(matches!(block_on(keychain.try_out()), Err(KeychainError::Locked)));
    });
}

#[test]
fn a_key_that_another_program_removed_is_lost() {
    on_a_private_bus("a_key_that_another_program_removed_is_lost", || {
        let _keyring = Keyring::start();
        let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
        keychain.create(&id).unwrap();
        let service = other_program();
        service.search_items(attributes(&id)).unwrap().unlocked[0]
            .delete()
            .unwrap();
        assert!(matches!(keychain.public_key(&id), Err(KeychainError::Lost { id: of }) if of == id));
        assert!(matches!(keychain.sign(&id, b""), Err(KeychainError::Lost { id: of }) if of == id));
        keychain.delete(&id).unwrap();
    });
}

#[test]
fn two_items_under_one_name_are_ambiguous_until_both_are_deleted() {
    on_a_private_bus(
        "two_items_under_one_name_are_ambiguous_until_both_are_deleted",
        || {
            let _keyring = Keyring::start();
            let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
            keychain.create(&id).unwrap();
            let service = other_program();
            let collection = service.get_default_collection().unwrap();
            collection
                .create_item("a twin", attributes(&id), b"secret", false, "text/plain")
                .unwrap();
            assert!(matches!(keychain.public_key(&id), Err(KeychainError::Ambiguous)));
            assert!(matches!(keychain.sign(&id, b""), Err(KeychainError::Ambiguous)));
            assert!(matches!(keychain.create(&id), Err(KeychainError::Ambiguous)));
            keychain.delete(&id).unwrap();
            assert_eq!(items(&attributes(&id)), 0);
        },
    );
}

#[test]
fn an_item_that_is_no_key_is_damaged_and_not_overwritten() {
    on_a_private_bus("an_item_that_is_no_key_is_damaged_and_not_overwritten", || {
        let _keyring = Keyring::start();
        let (keychain, id) = (os_keychain("default").unwrap(), KeyId::make());
        let service = other_program();
        let collection = service.get_default_collection().unwrap();
        let item = collection
            .create_item("no key", attributes(&id), b"hunter2", false, "text/plain")
            .unwrap();
        assert!(matches!(keychain.public_key(&id), Err(KeychainError::Damaged)));
        assert!(matches!(keychain.sign(&id, b""), Err(KeychainError::Damaged)));
        assert!(matches!(keychain.create(&id), Err(KeychainError::AlreadyExists)));
        assert_eq!(item.get_secret().unwrap(), b"hunter2");
        keychain.delete(&id).unwrap();
    });
}

/// The keyring as any other program of this session sees it.
fn other_program() -> SecretService<'static> {
    SecretService::connect(EncryptionType::Plain).expect("connect to the keyring")
}

fn lock() {
    let service = other_program();
    let collection = service.get_default_collection().expect("a default collection");
    collection.lock().expect("lock it");
}

/// Written out here and not shared with the back end: if these change, every key that was ever stored is lost.
fn attributes(id: &KeyId) -> HashMap<&str, &str> {
    HashMap::from([("service", "countersign/default"), ("username", id.as_str())])
}

/// How many items have these attributes, locked ones included.
fn items(attributes: &HashMap<&str, &str>) -> usize {
    let service = other_program();
    let found = service
        .search_items(attributes.clone())
        .expect("search the keyring");
    found.unlocked.len() + found.locked.len()
}

fn assert_missing(keychain: &dyn Keychain, id: &KeyId) {
    assert!(matches!(keychain.create(id), Err(KeychainError::Missing)));
    assert!(matches!(keychain.public_key(id), Err(KeychainError::Missing)));
    assert!(matches!(keychain.sign(id, b""), Err(KeychainError::Missing)));
    assert!(matches!(keychain.delete(id), Err(KeychainError::Missing)));
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}
