//! The server key: 32 random bytes in a file that only the operator can read.
//!
//! It seals the accounts' auth tokens (they sign webhooks, so they cannot be hashed), the access tokens, what TOTP
//! factors share with authenticators, the numbers that people have to type, the positions inside page tokens, and the
//! console's sessions. A thief of the database alone has none of them.

use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::random;

/// The server key, as the keys derived from it for each purpose.
#[cfg_attr(test, derive(Clone))]
pub struct ServerKey {
    id: String,
    access_tokens: Zeroizing<[u8; 32]>,
    sealing: Zeroizing<[u8; 32]>,
}

/// What something is sealed for. What was sealed for one purpose never opens for another.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// The auth token of the account with this SID.
    AuthToken(&'a str),
    /// The access token with this SID, kept to be shown again.
    AccessToken(&'a str),
    /// A page token of the list at this path.
    Page(&'a str),
    /// A session of the console.
    ConsoleSession,
    /// What the TOTP factor with this SID shares with an authenticator.
    TotpSecret(&'a str),
    /// The number that a person has to type to approve the challenge with this SID.
    MatchNumber(&'a str),
}

impl ServerKey {
    /// A key that ends with the program, for a database that does too.
    pub fn random() -> Self {
        Self::derive(&Zeroizing::new(random::make_bytes()))
    }

    /// Reads the key file.
    ///
    /// # Errors
    /// [`ServerKeyError`] if it is not there, if others may read it, or if it holds something else.
    pub fn load(path: &Path) -> Result<Self, ServerKeyError> {
        let at = |source| ServerKeyError::Io {
            path: path.to_owned(),
            source,
        };
        let file = fs::File::open(path).map_err(at)?;
        if readable_by_others(&file.metadata().map_err(at)?) && !is_credential(path) {
            return Err(ServerKeyError::Readable {
                path: path.to_owned(),
            });
        }
        let mut text = Zeroizing::new(String::new());
        (&file).take(1024).read_to_string(&mut text).map_err(at)?;
        let key = parse(text.trim()).ok_or_else(|| ServerKeyError::Form {
            path: path.to_owned(),
        })?;
        Ok(Self::derive(&key))
    }

    /// Reads the key file, or makes it if it is not there. Of several programs that do so at once, all get the
    /// same key.
    ///
    /// # Errors
    /// As [`ServerKey::load`], or if the file cannot be made.
    pub fn load_or_make(path: &Path) -> Result<Self, ServerKeyError> {
        if !path.exists() {
            make(path).map_err(|source| ServerKeyError::Io {
                path: path.to_owned(),
                source,
            })?;
        }
        Self::load(path)
    }

    /// Names the key, and tells nothing about it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Makes an access token around `payload` (section 2.1 of the Verify Push protocol notes).
    pub fn make_access_token(&self, payload: &[u8]) -> String {
        countersign_protocol::jwe::seal(&self.access_tokens, &self.id, random::make_bytes(), payload)
    }

    /// What is in an access token that this key made; `None` for any other text.
    pub fn open_access_token(&self, token: &str) -> Option<Zeroizing<Vec<u8>>> {
        countersign_protocol::jwe::open(&self.access_tokens, token)
            .ok()
            .map(Zeroizing::new)
    }

    /// Encrypts `text` for `purpose`.
    pub fn seal(&self, purpose: Purpose<'_>, text: &[u8]) -> Vec<u8> {
        let iv: [u8; 12] = random::make_bytes();
        let sealed = Aes256Gcm::new((&*self.sealing).into())
            .encrypt(
                &Nonce::from(iv),
                Payload {
                    msg: text,
                    aad: purpose.label().as_bytes(),
                },
            )
            .expect("AES-GCM encrypts any text below 64 GiB");
        [&iv[..], &sealed].concat()
    }

    /// Decrypts what was sealed for `purpose`; `None` for anything else.
    pub fn open(&self, purpose: Purpose<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (iv, sealed) = sealed.split_first_chunk::<12>()?;
        Aes256Gcm::new((&*self.sealing).into())
            .decrypt(
                &Nonce::from(*iv),
                Payload {
                    msg: sealed,
                    aad: purpose.label().as_bytes(),
                },
            )
            .ok()
            .map(Zeroizing::new)
    }

    /// As [`ServerKey::seal`], as text for a URL.
    pub fn seal_text(&self, purpose: Purpose<'_>, text: &[u8]) -> String {
        Base64UrlUnpadded::encode_string(&self.seal(purpose, text))
    }

    /// As [`ServerKey::open`], from text in a URL.
    pub fn open_text(&self, purpose: Purpose<'_>, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        self.open(purpose, &Base64UrlUnpadded::decode_vec(sealed).ok()?)
    }

    /// One key per purpose, so that none is used with two algorithms (HKDF's expand step for one block, RFC 5869).
    fn derive(key: &[u8; 32]) -> Self {
        let expand = |label: &str| -> [u8; 32] {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
            mac.update(label.as_bytes());
            mac.update(&[1]);
            mac.finalize().into_bytes().into()
        };
        Self {
            id: random::hex(&expand("countersign key id")[..8]),
            access_tokens: Zeroizing::new(expand("countersign access tokens")),
            sealing: Zeroizing::new(expand("countersign sealing")),
        }
    }
}

impl Purpose<'_> {
    fn label(self) -> String {
        match self {
            Self::AuthToken(account) => format!("auth token of {account}"),
            Self::AccessToken(sid) => format!("access token {sid}"),
            Self::Page(path) => format!("page of {path}"),
            Self::ConsoleSession => "console session".to_owned(),
            Self::TotpSecret(factor) => format!("secret of {factor}"),
            Self::MatchNumber(challenge) => format!("number of {challenge}"),
        }
    }
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ServerKey({})", self.id)
    }
}

fn parse(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(key)
}

/// Writes a new key beside `path` and then links it there, so that nobody ever reads half a key and the first of
/// several programs wins.
fn make(path: &Path) -> io::Result<()> {
    let beside = path.with_extension(format!("new-{}", random::make_hex::<8>()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let text = Zeroizing::new(random::make_hex::<32>());
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&beside, path));
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Whether systemd has put the file into a folder for this service alone. It lets the service read by a list beside
/// the mode, which then looks as if a group could.
fn is_credential(path: &Path) -> bool {
    std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|folder| path.starts_with(folder))
}

#[cfg(unix)]
fn readable_by_others(file: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(file) & 0o077 != 0
}

#[cfg(not(unix))]
fn readable_by_others(_: &fs::Metadata) -> bool {
    false
}

/// Why there is no usable server key.
#[derive(Debug, thiserror::Error)]
pub enum ServerKeyError {
    /// The file cannot be read or made.
    #[error("the server key file {} cannot be read or made", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others than the operator may read it.
    #[error("the server key file {} can be read by others; make its mode 600", path.display())]
    Readable {
        /// Which file.
        path: PathBuf,
    },
    /// It does not hold a key.
    #[error("the server key file {} does not hold 64 hexadecimal digits", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db.key");
        let made = ServerKey::load_or_make(&path).unwrap();
        assert_eq!(ServerKey::load_or_make(&path).unwrap().id(), made.id());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(matches!(
                ServerKey::load(&path),
                Err(ServerKeyError::Readable { .. })
            ));
        }
    }

    #[test]
    fn programs_that_start_at_once_share_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let ids: Vec<_> = std::thread::scope(|scope| {
            let start = || ServerKey::load_or_make(&path).unwrap().id().to_owned();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]));
    }

    #[test]
    fn a_file_without_a_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        make(&path).unwrap();
        fs::write(&path, "not a key").unwrap();
        assert!(matches!(ServerKey::load(&path), Err(ServerKeyError::Form { .. })));
    }

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_key_only() {
        let key = ServerKey::random();
        let sealed = key.seal(Purpose::AuthToken("AC1"), b"secret");
        assert_eq!(
            key.open(Purpose::AuthToken("AC1"), &sealed).unwrap().as_slice(),
            b"secret"
        );
        assert!(key.open(Purpose::AuthToken("AC2"), &sealed).is_none());
        assert!(key.open(Purpose::AccessToken("AC1"), &sealed).is_none());
        assert!(
            ServerKey::random()
                .open(Purpose::AuthToken("AC1"), &sealed)
                .is_none()
        );
        assert!(key.open(Purpose::AuthToken("AC1"), &sealed[..11]).is_none());
        assert!(key.open_text(Purpose::Page("/x"), "äöü").is_none());
    }
}
