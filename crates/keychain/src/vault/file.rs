//! The vault's file: locked, private, and written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::VaultError;

/// Room for 20,000 keys. A larger file is not ours.
const MAX_LEN: u64 = 1024 * 1024;

/// Held while it lives. The lock is on a file beside the vault, because every write puts a new file in the
/// vault's place.
pub(super) struct Lock {
    _file: File,
}

/// Waits until no other process reads or writes the vault.
pub(super) fn lock(vault: &Path) -> Result<Lock, VaultError> {
    open_lock(vault, File::lock)
}

/// Waits until no other process writes the vault.
pub(super) fn lock_shared(vault: &Path) -> Result<Lock, VaultError> {
    open_lock(vault, File::lock_shared)
}

fn open_lock(vault: &Path, take: fn(&File) -> std::io::Result<()>) -> Result<Lock, VaultError> {
    let path = lock_path(vault);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    imp::create_privately(&mut options);
    let file = options
        .open(&path)
        .map_err(|error| VaultError::io("open", &path, error))?;
    take(&file).map_err(|error| VaultError::io("lock", &path, error))?;
    Ok(Lock { _file: file })
}

fn lock_path(vault: &Path) -> PathBuf {
    let mut path = vault.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}

/// Reads the whole file, unless others can get at it.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, VaultError> {
    let file = File::open(path).map_err(|error| VaultError::io_or_not_found("open", path, error))?;
    let metadata = file
        .metadata()
        .map_err(|error| VaultError::io("read", path, error))?;
    if let Some(mode) = imp::mode_open_to_others(&metadata) {
        return Err(VaultError::TooOpen {
            path: path.to_owned(),
            mode,
        });
    }
    let mut bytes = Vec::new();
    let read = file.take(MAX_LEN + 1).read_to_end(&mut bytes);
    read.map_err(|error| VaultError::io("read", path, error))?;
    if bytes.len() as u64 > MAX_LEN {
        return Err(VaultError::Damaged {
            what: "it is far too large",
        });
    }
    Ok(bytes)
}

/// Puts a new file in the place of the old one. After a crash or loss of power one of the two is there, whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    if bytes.len() as u64 > MAX_LEN {
        return Err(VaultError::Full);
    }
    let written = imp::private_atomic_file(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.commit()
    });
    written.map_err(|error| VaultError::io("write", path, error))
}

#[cfg(unix)]
mod imp {
    use std::fs::{Metadata, OpenOptions};
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    use std::path::Path;

    use atomic_write_file::AtomicWriteFile;
    use atomic_write_file::unix::OpenOptionsExt as _;

    const OWNER_ONLY: u32 = 0o600;

    pub(super) fn create_privately(options: &mut OpenOptions) {
        options.mode(OWNER_ONLY);
    }

    pub(super) fn mode_open_to_others(metadata: &Metadata) -> Option<u32> {
        let mode = metadata.permissions().mode() & 0o777;
        (mode & 0o077 != 0).then_some(mode)
    }

    pub(super) fn private_atomic_file(path: &Path) -> std::io::Result<AtomicWriteFile> {
        let mut options = AtomicWriteFile::options();
        options.mode(OWNER_ONLY).preserve_mode(false).open(path)
    }
}

/// On Windows a file in a person's profile is private by the directory's access list.
#[cfg(not(unix))]
mod imp {
    use std::fs::{Metadata, OpenOptions};
    use std::path::Path;

    use atomic_write_file::AtomicWriteFile;

    pub(super) fn create_privately(_: &mut OpenOptions) {}

    pub(super) fn mode_open_to_others(_: &Metadata) -> Option<u32> {
        None
    }

    pub(super) fn private_atomic_file(path: &Path) -> std::io::Result<AtomicWriteFile> {
        AtomicWriteFile::open(path)
    }
}
