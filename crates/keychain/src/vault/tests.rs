use std::sync::LazyLock;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::conformance;

fn passphrase() -> SecretString {
    "correct horse battery staple".into()
}

/// A directory with an empty vault in it.
fn cheap_vault() -> (TempDir, PathBuf, Vault) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault");
    let vault = Vault::create_cheap(&path, &passphrase()).unwrap();
    (directory, path, vault)
}

#[test]
fn a_vault_keeps_every_rule_of_a_keychain() {
    let (_directory, path, _) = cheap_vault();
    conformance::check(&|| Box::new(Vault::open(&path, &passphrase()).unwrap()));
}

#[test]
fn a_vault_costs_64_mib_and_three_passes_unless_a_test_asks_otherwise() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault");
    Vault::create(&path, &passphrase()).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes[8..22], [0, 1, 0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1]);
    Vault::open(&path, &passphrase()).unwrap();
    assert!(matches!(
        Vault::open(&path, &"guess".into()),
        Err(VaultError::WrongPassphrase)
    ));
}

/// The bytes of a vault written by version 1 of the format, with one key. They must open for ever.
#[test]
fn a_vault_of_format_1_opens() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault");
    write_private(&path, include_bytes!("format-1.vault"));
    let vault = Vault::open(&path, &passphrase()).unwrap();
    let id = KeyId::parse("000102030405060708090a0b0c0d0e0f").unwrap();
    let expected = SoftwareKey::from_scalar(&[7; 32]).unwrap();
    assert_eq!(vault.public_key(&id).unwrap(), expected.public_key());
}

#[test]
fn a_wrong_passphrase_and_a_damaged_file_are_told_apart() {
    let (_directory, path, vault) = cheap_vault();
    vault.create(&KeyId::make()).unwrap();
    assert!(matches!(
        Vault::open(&path, &"guess".into()),
        Err(VaultError::WrongPassphrase)
    ));
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[70] ^= 1;
    write_private(&path, &bytes);
    assert!(matches!(
        Vault::open(&path, &passphrase()),
        Err(VaultError::Damaged { .. })
    ));
    assert!(matches!(
        vault.create(&KeyId::make()),
        Err(KeychainError::Damaged)
    ));
}

#[test]
fn an_empty_passphrase_makes_no_vault() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault");
    assert!(matches!(
        Vault::create_cheap(&path, &"".into()),
        Err(VaultError::EmptyPassphrase)
    ));
    assert!(!Vault::exists(&path));
}

#[test]
fn creating_never_replaces_what_is_there() {
    let (_directory, path, vault) = cheap_vault();
    let id = KeyId::make();
    vault.create(&id).unwrap();
    assert!(matches!(
        Vault::create_cheap(&path, &"other".into()),
        Err(VaultError::AlreadyExists { .. })
    ));
    assert!(vault.public_key(&id).is_ok());
}

#[test]
fn a_vault_that_is_not_there_is_missing() {
    let (directory, path, vault) = cheap_vault();
    let nowhere = directory.path().join("nowhere");
    assert!(matches!(
        Vault::open(&nowhere, &passphrase()),
        Err(VaultError::NotFound { .. })
    ));
    assert!(!Vault::exists(&nowhere));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(
        vault.sign(&KeyId::make(), b""),
        Err(KeychainError::Missing)
    ));
    assert!(
        matches!(vault.create(&KeyId::make()), Err(KeychainError::Missing)),
        "it is not made anew"
    );
}

#[test]
fn a_vault_put_in_the_place_of_an_open_one_is_not_used() {
    let (_directory, path, vault) = cheap_vault();
    let (_other_directory, other_path, _) = cheap_vault();
    std::fs::rename(other_path, path).unwrap();
    assert!(matches!(vault.create(&KeyId::make()), Err(KeychainError::Locked)));
}

#[test]
fn two_open_vaults_do_not_lose_each_others_keys() {
    let (_directory, path, _) = cheap_vault();
    let ids: Vec<KeyId> = (0..40).map(|_| KeyId::make()).collect();
    std::thread::scope(|scope| {
        for ids in ids.chunks(10) {
            let vault = Vault::open(&path, &passphrase()).unwrap();
            scope.spawn(move || {
                for id in ids {
                    vault.create(id).unwrap();
                }
            });
        }
    });
    let vault = Vault::open(&path, &passphrase()).unwrap();
    for id in &ids {
        vault.public_key(id).unwrap();
    }
}

#[test]
fn two_writes_of_the_same_keys_share_no_bytes_that_matter() {
    let (_directory, path, vault) = cheap_vault();
    let id = KeyId::make();
    let empty = std::fs::read(&path).unwrap();
    vault.create(&id).unwrap();
    vault.delete(&id).unwrap();
    let empty_again = std::fs::read(&path).unwrap();
    assert_eq!(empty[..38], empty_again[..38], "parameters and salt stay");
    assert_ne!(empty[38..62], empty_again[38..62], "a nonce is never used twice");
    assert_ne!(empty[62..], empty_again[62..]);
}

#[test]
fn a_file_that_asks_for_too_much_memory_is_refused_before_any_is_taken() {
    let (_directory, path, _) = cheap_vault();
    for (at, number) in [
        (10, u32::MAX),
        (14, u32::MAX),
        (18, 17),
        (10, 0),
        (14, 0),
        (18, 0),
    ] {
        let bytes = changed(&std::fs::read(&path).unwrap(), |body| {
            body[at..at + 4].copy_from_slice(&number.to_be_bytes());
        });
        assert!(is_damaged(&bytes), "{at} {number}");
    }
}

#[test]
fn a_later_format_is_named_as_such() {
    let bytes = changed(&SAMPLE, |body| body[9] = 2);
    assert!(matches!(
        Sealed::parse(&bytes),
        Err(VaultError::TooNew { version: 2 })
    ));
}

#[test]
fn a_full_vault_says_so_and_stays_as_it_is() {
    let (_directory, path, vault) = cheap_vault();
    let keys = Keys::from_records(vec![7; 21_843 * 48]);
    file::write(&path, &vault.key.seal(&keys).unwrap()).unwrap();
    let id = KeyId::from_bytes([0xff; 16]);
    let error = vault.create(&id).unwrap_err();
    assert!(matches!(error, KeychainError::Failed(cause) if cause.to_string() == "the vault is full"));
    assert!(matches!(vault.public_key(&id), Err(KeychainError::Lost { .. })));
}

#[test]
fn nothing_secret_shows_in_debug_output() {
    let (_directory, path, vault) = cheap_vault();
    assert_eq!(format!("{vault:?}"), format!("Vault {{ path: {path:?}, .. }}"));
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_the_owner_can_read_the_file_and_its_lock() {
        let (directory, path, vault) = cheap_vault();
        vault.create(&KeyId::make()).unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&directory.path().join("vault.lock")), 0o600);
        let names = std::fs::read_dir(&directory).unwrap().count();
        assert_eq!(names, 2, "no temporary file is left");
    }

    #[test]
    fn a_file_that_others_can_read_or_write_is_refused() {
        let (_directory, path, vault) = cheap_vault();
        for open_to_others in [0o644, 0o640, 0o620, 0o601, 0o666] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(open_to_others)).unwrap();
            let error = Vault::open(&path, &passphrase()).unwrap_err();
            assert!(
                matches!(error, VaultError::TooOpen { mode, .. } if mode == open_to_others),
                "{error}"
            );
            assert!(vault.create(&KeyId::make()).is_err());
        }
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        assert!(Vault::open(&path, &passphrase()).is_ok());
    }

    #[test]
    fn a_link_to_a_vault_stays_a_link() {
        let (directory, path, _) = cheap_vault();
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let id = KeyId::make();
        Vault::open(&link, &passphrase()).unwrap().create(&id).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert!(Vault::open(&path, &passphrase()).unwrap().public_key(&id).is_ok());
    }
}

/// A vault with two keys, as bytes.
static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (_directory, path, vault) = cheap_vault();
    vault.create(&KeyId::make()).unwrap();
    vault.create(&KeyId::make()).unwrap();
    std::fs::read(path).unwrap()
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_is_never_a_vault(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(is_damaged(&bytes));
    }

    #[test]
    fn garbage_with_a_right_checksum_is_never_a_vault(
        body in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = changed(&[b"CSVAULT\n\0\x01\0\0\0\x08\0\0\0\x01\0\0\0\x01", &body[..], &[0; 32]].concat(), |_| {});
        prop_assert!(unlock(&bytes, &passphrase()).is_err());
    }

    #[test]
    fn a_flipped_bit_is_damage(at in 0..SAMPLE.len(), bit in 0..8_u32) {
        let mut bytes = SAMPLE.clone();
        bytes[at] ^= 1_u8 << bit;
        prop_assert!(is_damaged(&bytes));
    }

    #[test]
    fn a_shortened_file_is_damage(len in 0..SAMPLE.len()) {
        prop_assert!(is_damaged(&SAMPLE[..len]));
    }

    /// Whoever repairs the checksum after a change still cannot get past the cipher. The bytes of the parameters
    /// (8 to 22) have their own tests.
    #[test]
    fn a_change_on_purpose_never_opens(at in 22..SAMPLE.len() - 32, bit in 0..8_u32) {
        let bytes = changed(&SAMPLE, |body| body[at] ^= 1_u8 << bit);
        prop_assert!(matches!(unlock(&bytes, &passphrase()), Err(VaultError::WrongPassphrase)));
    }
}

fn is_damaged(bytes: &[u8]) -> bool {
    matches!(unlock(bytes, &passphrase()), Err(VaultError::Damaged { .. }))
}

/// The file with its body changed and the checksum made right again.
fn changed(file: &[u8], change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut body = file[..file.len() - 32].to_vec();
    change(&mut body);
    let checksum = Sha256::digest(&body);
    body.extend_from_slice(&checksum);
    body
}

fn write_private(path: &Path, bytes: &[u8]) {
    file::write(path, bytes).unwrap();
}
