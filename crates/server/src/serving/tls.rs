//! TLS: a certificate from files, which can be read again while the server serves.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject as _},
    },
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio_rustls::TlsAcceptor;

/// A certificate and its key, as they were in their files when those were last read.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<CertifiedKey>>,
}

impl Certificate {
    /// Reads PEM files: one with the certificate and those that lead to a root, one with its private key.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn load(chain: PathBuf, key: PathBuf) -> Result<Self, CertificateError> {
        let current = RwLock::new(Arc::new(read(&chain, &key)?));
        Ok(Self { chain, key, current })
    }

    /// Reads the files again. Connections that come from now on are met with what is in them now; the others stay
    /// as they are.
    ///
    /// # Errors
    /// [`CertificateError`], and everything is as before.
    pub fn reload(&self) -> Result<(), CertificateError> {
        let read = Arc::new(read(&self.chain, &self.key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// Whether everybody on this computer may read the file with the private key.
    pub fn key_is_open_to_all(&self) -> bool {
        open_to_all(&self.key)
    }

    /// What meets connections with this certificate. Only HTTP/1.1 is offered: HTTP/2 would change the letters of
    /// header names, on which some device libraries depend (section 1.6 of the Verify Push protocol notes).
    pub(super) fn acceptor(self: Arc<Self>) -> Result<TlsAcceptor, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
            .with_no_client_auth()
            .with_cert_resolver(self);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config).into())
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(
            self.current
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        )
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn read(chain: &Path, key: &Path) -> Result<CertifiedKey, CertificateError> {
    let certificates: Vec<_> = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(chain, "certificate", error))?;
    if certificates.is_empty() {
        return Err(unreadable(chain, "certificate", pem::Error::NoItemsFound));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, "private key", error))?;
    CertifiedKey::from_der(certificates, secret, &provider()).map_err(|source| CertificateError::Pair {
        chain: chain.to_owned(),
        key: key.to_owned(),
        source,
    })
}

/// What stands in the file is not told: it may be a key.
fn unreadable(path: &Path, what: &'static str, error: pem::Error) -> CertificateError {
    let path = path.to_owned();
    match error {
        pem::Error::Io(source) => CertificateError::Io { path, source },
        _ => CertificateError::Form { path, what },
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| std::os::unix::fs::MetadataExt::mode(&file) & 0o007 != 0)
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> bool {
    false
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("the file {} cannot be read", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file holds something else.
    #[error("the file {} holds no {what} in PEM form", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
    },
    /// They do not belong together, or are of a kind that is not supported.
    #[error("the certificate in {} and the key in {} cannot be used together", chain.display(), key.display())]
    Pair {
        /// The file with the certificate.
        chain: PathBuf,
        /// The file with the key.
        key: PathBuf,
        /// Why.
        source: rustls::Error,
    },
}
