//! The server key: 32 random bytes in a file that only the operator can read, or in the environment.
//!
//! It seals the accounts' auth tokens (they sign webhooks, so they cannot be hashed), the access tokens, what TOTP
//! factors share with authenticators, the numbers that people have to type, the positions inside page tokens, and the
//! console's sessions. A thief of the database alone has none of them.
//!
//! There can be several keys, the newest first, while one follows another. Each opens what it has sealed, which names
//! it. The database says which of them seals, so that all replicas have a new key before one of them uses it.

use std::sync::{Arc, RwLock};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use countersign_protocol::jwe;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::random;

mod file;

pub use file::{KeySource, ServerKeyError, retire, rotate};

/// How many bytes name a key, in front of what it has sealed.
const ID_LENGTH: usize = 8;

/// The server keys, as the keys derived from them for each purpose.
#[cfg_attr(test, derive(Clone))]
pub struct ServerKey {
    keys: Arc<RwLock<Arc<Keys>>>,
    source: Option<KeySource>,
}

struct Keys {
    /// The newest first.
    all: Vec<Key>,
    /// The place of the one that seals.
    sealing: usize,
    /// What credentials of nobody are held against.
    nobody: Vec<u8>,
}

#[derive(Clone)]
struct Key {
    id: [u8; ID_LENGTH],
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

/// Whose auth token it is that nobody has.
const NOBODY: Purpose<'static> = Purpose::AuthToken("nobody");

impl ServerKey {
    /// A key that ends with the program, for a database that does too.
    pub fn random() -> Self {
        Self::of(&[Zeroizing::new(random::make_bytes())], None)
    }

    /// Reads the keys. The newest seals, until [`ServerKey::seal_with`] says otherwise.
    ///
    /// # Errors
    /// [`ServerKeyError`] if there is none, if others may read the file, or if something else is there.
    pub fn load(source: &KeySource) -> Result<Self, ServerKeyError> {
        Ok(Self::of(&file::load(source)?, Some(source.clone())))
    }

    /// Reads the keys, or makes the file with one if it is not there. Of several programs that do so at once, all get
    /// the same key.
    ///
    /// # Errors
    /// As [`ServerKey::load`], or if the file cannot be made.
    pub fn load_or_make(source: &KeySource) -> Result<Self, ServerKeyError> {
        file::make_if_missing(source)?;
        Self::load(source)
    }

    /// Reads the keys again where they came from, and seals with the one of this name. Says whether it is among them;
    /// if not, all stays as it was.
    ///
    /// # Errors
    /// As [`ServerKey::load`]; then, too, all stays as it was.
    pub fn reload(&self, id: &str) -> Result<bool, ServerKeyError> {
        let Some(source) = &self.source else {
            return Ok(self.seal_with(id));
        };
        let keys: Vec<Key> = file::load(source)?.iter().map(|key| Key::derive(key)).collect();
        Ok(self.replace(keys, id))
    }

    /// Seals with the key of this name from now on. Says whether it is here.
    pub fn seal_with(&self, id: &str) -> bool {
        self.replace(self.keys().all.clone(), id)
    }

    /// Adds a new key, as the newest, which seals nothing yet, and names it.
    #[cfg(test)]
    pub(crate) fn add(&self) -> String {
        let mut all = self.keys().all.clone();
        all.insert(0, Key::derive(&random::make_bytes()));
        assert!(self.replace(all, &self.id()));
        self.ids().remove(0)
    }

    /// Takes a key away.
    #[cfg(test)]
    pub(crate) fn forget(&self, id: &str) {
        let mut all = self.keys().all.clone();
        all.retain(|key| random::hex(&key.id) != id);
        assert!(self.replace(all, &self.id()));
    }

    /// Names the key that seals, and tells nothing about it.
    pub fn id(&self) -> String {
        let keys = self.keys();
        random::hex(&keys.sealing().id)
    }

    /// Names all keys, the newest first.
    pub fn ids(&self) -> Vec<String> {
        self.keys().all.iter().map(|key| random::hex(&key.id)).collect()
    }

    /// What everything that is sealed now begins with.
    pub(crate) fn mark(&self) -> Vec<u8> {
        self.keys().sealing().id.to_vec()
    }

    /// Makes an access token around `payload` (section 2.1 of the Verify Push protocol notes).
    pub fn make_access_token(&self, payload: &[u8]) -> String {
        let keys = self.keys();
        let key = keys.sealing();
        jwe::seal(
            &key.access_tokens,
            &random::hex(&key.id),
            random::make_bytes(),
            payload,
        )
    }

    /// What is in an access token that one of these keys made; `None` for any other text.
    pub fn open_access_token(&self, token: &str) -> Option<Zeroizing<Vec<u8>>> {
        let kid = jwe::kid(token)?;
        let keys = self.keys();
        let key = keys.all.iter().find(|key| random::hex(&key.id) == kid)?;
        jwe::open(&key.access_tokens, token).ok().map(Zeroizing::new)
    }

    /// Encrypts `text` for `purpose`. What comes of it begins with the key's name.
    pub fn seal(&self, purpose: Purpose<'_>, text: &[u8]) -> Vec<u8> {
        self.keys().sealing().seal(purpose, text)
    }

    /// Decrypts what was sealed for `purpose`; `None` for anything else.
    pub fn open(&self, purpose: Purpose<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.keys().open(purpose, sealed)
    }

    /// The same, and the same work with an outcome that does not count where nothing was sealed.
    pub(crate) fn open_or_nobody(
        &self,
        purpose: Purpose<'_>,
        sealed: Option<&[u8]>,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let keys = self.keys();
        match sealed {
            Some(sealed) => keys.open(purpose, sealed),
            None => keys.open(NOBODY, &keys.nobody),
        }
    }

    /// As [`ServerKey::seal`], as text for a URL.
    pub fn seal_text(&self, purpose: Purpose<'_>, text: &[u8]) -> String {
        Base64UrlUnpadded::encode_string(&self.seal(purpose, text))
    }

    /// As [`ServerKey::open`], from text in a URL.
    pub fn open_text(&self, purpose: Purpose<'_>, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        self.open(purpose, &Base64UrlUnpadded::decode_vec(sealed).ok()?)
    }

    /// These keys, of which there is at least one.
    fn of(keys: &[Zeroizing<[u8; 32]>], source: Option<KeySource>) -> Self {
        let keys = Keys::new(keys.iter().map(|key| Key::derive(key)).collect(), 0);
        Self {
            keys: Arc::new(RwLock::new(Arc::new(keys))),
            source,
        }
    }

    fn keys(&self) -> Arc<Keys> {
        // Nothing panics while it is held for writing, which is one assignment.
        self.keys.read().expect("nobody has left it half written").clone()
    }

    fn replace(&self, all: Vec<Key>, id: &str) -> bool {
        let Some(sealing) = all.iter().position(|key| random::hex(&key.id) == id) else {
            return false;
        };
        let keys = Arc::new(Keys::new(all, sealing));
        *self.keys.write().expect("nobody has left it half written") = keys;
        true
    }
}

impl Keys {
    fn new(all: Vec<Key>, sealing: usize) -> Self {
        let nobody = all[sealing].seal(NOBODY, &[0; 32]);
        Self { all, sealing, nobody }
    }

    fn sealing(&self) -> &Key {
        &self.all[self.sealing]
    }

    fn open(&self, purpose: Purpose<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let named = sealed
            .split_first_chunk::<ID_LENGTH>()
            .and_then(|(id, rest)| self.all.iter().find(|key| key.id == *id)?.open(purpose, rest));
        // What was sealed before there were several keys names none.
        named.or_else(|| self.all.iter().find_map(|key| key.open(purpose, sealed)))
    }
}

impl Key {
    /// One key per purpose, so that none is used with two algorithms (HKDF's expand step for one block, RFC 5869).
    fn derive(key: &[u8; 32]) -> Self {
        let expand = |label: &str| -> [u8; 32] {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
            mac.update(label.as_bytes());
            mac.update(&[1]);
            mac.finalize().into_bytes().into()
        };
        let mut id = [0; ID_LENGTH];
        id.copy_from_slice(&expand("countersign key id")[..ID_LENGTH]);
        Self {
            id,
            access_tokens: Zeroizing::new(expand("countersign access tokens")),
            sealing: Zeroizing::new(expand("countersign sealing")),
        }
    }

    fn seal(&self, purpose: Purpose<'_>, text: &[u8]) -> Vec<u8> {
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
        [&self.id[..], &iv, &sealed].concat()
    }

    /// Decrypts what follows the key's name.
    fn open(&self, purpose: Purpose<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
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
        write!(f, "ServerKey({})", self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> [Zeroizing<[u8; 32]>; 2] {
        [[1; 32], [2; 32]].map(Zeroizing::new)
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
        for length in 0..sealed.len() {
            assert!(key.open(Purpose::AuthToken("AC1"), &sealed[..length]).is_none());
        }
        assert!(key.open_text(Purpose::Page("/x"), "äöü").is_none());
    }

    #[test]
    fn each_key_opens_what_it_has_sealed_and_the_chosen_one_seals() {
        let [new, old] = keys();
        let both = ServerKey::of(&[new.clone(), old.clone()], None);
        let (new, old) = (ServerKey::of(&[new], None), ServerKey::of(&[old], None));
        assert_eq!(both.ids(), [new.id(), old.id()]);
        let purpose = Purpose::TotpSecret("YF1");
        let (by_old, token) = (old.seal(purpose, b"a"), old.make_access_token(b"t"));
        assert!(both.seal_with(&old.id()));
        assert!(old.open(purpose, &both.seal(purpose, b"b")).is_some());
        assert!(both.seal_with(&new.id()) && !both.seal_with("none"));
        assert_eq!(both.id(), new.id());
        assert!(new.open(purpose, &both.seal(purpose, b"c")).is_some());
        assert_eq!(jwe::kid(&both.make_access_token(b"t")), Some(new.id()));
        assert_eq!(both.open(purpose, &by_old).unwrap().as_slice(), b"a");
        assert_eq!(both.open_access_token(&token).unwrap().as_slice(), b"t");
        assert!(new.open(purpose, &by_old).is_none() && new.open_access_token(&token).is_none());
        assert_eq!(both.open_or_nobody(purpose, None).unwrap().as_slice(), [0; 32]);
    }

    #[test]
    fn what_was_sealed_before_keys_were_named_opens_still() {
        let [new, old] = keys();
        let both = ServerKey::of(&[new, old.clone()], None);
        let named = ServerKey::of(&[old], None).seal(Purpose::AuthToken("AC1"), b"secret");
        let opened = both.open(Purpose::AuthToken("AC1"), &named[ID_LENGTH..]);
        assert_eq!(opened.unwrap().as_slice(), b"secret");
    }
}
