//! A file of private keys, encrypted with a passphrase: for computers without a keychain, and for people who
//! prefer one. Nothing falls back to it by itself.
//!
//! Keys are decrypted for the length of one call and wiped. What stays in memory while a vault is open is the key
//! that the passphrase gave, not the passphrase.

mod file;
mod format;

use std::path::{Path, PathBuf};

use countersign_protocol::keys::{PublicKey, Signature};
use secrecy::{ExposeSecret, SecretString};

use crate::software_key::SoftwareKey;
use crate::{KeyId, KeyLocation, Keychain, KeychainError};

pub use format::Cost;
use format::{Keys, Sealed, VaultKey};

/// An open vault.
pub struct Vault {
    path: PathBuf,
    key: VaultKey,
}

impl Vault {
    /// Whether there is a file at `path`.
    pub fn exists(path: &Path) -> bool {
        path.exists()
    }

    /// Makes an empty vault at `path`, in a directory that exists. Deriving the key takes a good part of a second
    /// and 64 MiB of memory, which is its purpose.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`], [`VaultError::EmptyPassphrase`] or [`VaultError::Io`].
    pub fn create(path: &Path, passphrase: &SecretString) -> Result<Self, VaultError> {
        Self::create_at_cost(path, passphrase, Cost::STRONG)
    }

    /// [`Vault::create`] with a passphrase that costs next to nothing to guess, for tests.
    ///
    /// # Errors
    /// As [`Vault::create`].
    #[cfg(feature = "testing")]
    pub fn create_cheap(path: &Path, passphrase: &SecretString) -> Result<Self, VaultError> {
        Self::create_at_cost(path, passphrase, Cost::CHEAP)
    }

    /// Opens the vault at `path`. Takes as long as creating it did.
    ///
    /// # Errors
    /// [`VaultError`], every variant but [`VaultError::AlreadyExists`].
    pub fn open(path: &Path, passphrase: &SecretString) -> Result<Self, VaultError> {
        let path = path
            .canonicalize()
            .map_err(|error| VaultError::io_or_not_found("find", path, error))?;
        let bytes = {
            let _lock = file::lock_shared(&path)?;
            file::read(&path)?
        };
        Ok(Self {
            path,
            key: unlock(&bytes, passphrase)?,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn create_at_cost(path: &Path, passphrase: &SecretString, cost: Cost) -> Result<Self, VaultError> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| VaultError::io("make", path, error.into()))?;
        let key = VaultKey::derive(passphrase.expose_secret(), salt, cost)?;
        let path = std::path::absolute(path).map_err(|error| VaultError::io("find", path, error))?;
        let _lock = file::lock(&path)?;
        if path.symlink_metadata().is_ok() {
            return Err(VaultError::AlreadyExists { path });
        }
        file::write(&path, &key.seal(&Keys::none())?)?;
        Ok(Self { path, key })
    }

    /// Lets `act` look at the keys.
    fn read<T>(&self, act: impl FnOnce(&Keys) -> Result<T, KeychainError>) -> Result<T, KeychainError> {
        let lock = file::lock_shared(&self.path)?;
        let keys = self.load()?;
        drop(lock);
        act(&keys)
    }

    /// Lets `act` change the keys and stores them if it says that they changed. The lock is held from reading to
    /// writing, so that nothing another process writes is lost.
    fn change<T>(
        &self,
        act: impl FnOnce(&mut Keys) -> Result<(T, Changed), KeychainError>,
    ) -> Result<T, KeychainError> {
        let _lock = file::lock(&self.path)?;
        let mut keys = self.load()?;
        let (result, changed) = act(&mut keys)?;
        if changed.0 {
            file::write(&self.path, &self.key.seal(&keys)?)?;
        }
        Ok(result)
    }

    fn load(&self) -> Result<Keys, VaultError> {
        let bytes = file::read(&self.path)?;
        let sealed = Sealed::parse(&bytes)?;
        if (sealed.salt, sealed.cost) != (self.key.salt, self.key.cost) {
            return Err(VaultError::Replaced);
        }
        sealed.open(&self.key).ok_or(VaultError::Damaged {
            what: "it was changed by someone without the passphrase",
        })
    }
}

struct Changed(bool);

impl Keychain for Vault {
    fn location(&self) -> KeyLocation {
        KeyLocation::Vault
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.change(|keys| {
            if keys.scalar(id.to_bytes()).is_some() {
                return Err(KeychainError::AlreadyExists);
            }
            let key = SoftwareKey::make()?;
            keys.add(id.to_bytes(), &key.scalar());
            Ok((key.public_key(), Changed(true)))
        })
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.read(|keys| find(keys, id).map(|key| key.public_key()))
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.read(|keys| find(keys, id).map(|key| key.sign(message)))
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.change(|keys| Ok(((), Changed(keys.remove(id.to_bytes())))))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn unlock(file: &[u8], passphrase: &SecretString) -> Result<VaultKey, VaultError> {
    let sealed = Sealed::parse(file)?;
    let key = VaultKey::derive(passphrase.expose_secret(), sealed.salt, sealed.cost)?;
    // The checksum was right, so the file is as it was written and the passphrase is not the one.
    sealed.open(&key).ok_or(VaultError::WrongPassphrase)?;
    Ok(key)
}

fn find(keys: &Keys, id: &KeyId) -> Result<SoftwareKey, KeychainError> {
    let scalar = keys
        .scalar(id.to_bytes())
        .ok_or_else(|| KeychainError::Lost { id: id.clone() })?;
    SoftwareKey::from_scalar(scalar).ok_or(KeychainError::Damaged)
}

/// Why a vault could not be made, opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no file.
    #[error("there is no vault at {}", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is a file already, and a new vault would take its place.
    #[error("there is a file at {} already", path.display())]
    AlreadyExists {
        /// Where it is.
        path: PathBuf,
    },
    /// A vault without a passphrase would be a plain file of keys.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The file is as it was written, but not with this passphrase. Only someone who changed it on purpose, its
    /// checksum included, can make a right passphrase look like this.
    #[error("this is not the vault's passphrase")]
    WrongPassphrase,
    /// The file is not as it was written.
    #[error("the vault is damaged: {what}")]
    Damaged {
        /// What is wrong with it.
        what: &'static str,
    },
    /// The file was written by a later version of this program.
    #[error("the vault has format {version}, which this program is too old to read")]
    TooNew {
        /// The version that the file names.
        version: u16,
    },
    /// There is no room for another key.
    #[error("the vault is full")]
    Full,
    /// The file was exchanged for another vault since this one was opened.
    #[error("the vault was replaced by another one; open it again")]
    Replaced,
    /// Others than the owner may read or write the file.
    #[error("others can read or write {} (mode {mode:03o}); make it private: chmod 600", path.display())]
    TooOpen {
        /// Where it is.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The file system said no.
    #[error("could not {doing} {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
}

impl VaultError {
    fn io(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// As [`VaultError::io`], where a missing file means that there is no vault.
    fn io_or_not_found(doing: &'static str, path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound {
                path: path.to_owned(),
            },
            _ => Self::io(doing, path, source),
        }
    }
}

impl From<VaultError> for KeychainError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::NotFound { .. } => Self::Missing,
            VaultError::WrongPassphrase | VaultError::Replaced => Self::Locked,
            VaultError::Damaged { .. } | VaultError::TooNew { .. } => Self::Damaged,
            other => Self::Failed(other.into()),
        }
    }
}

#[cfg(test)]
mod tests;
