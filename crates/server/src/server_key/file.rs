//! Where server keys are kept: one on each line, the newest first.

use std::{
    ffi::OsString,
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::Key;
use crate::random;

/// Longest text that is read: far more keys than anybody has at once.
const LONGEST: usize = 16 * 1024;

/// Where the server keys come from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// A file.
    File(PathBuf),
    /// What would be in the file, from the environment.
    Text(SecretString),
}

type Bytes = Zeroizing<[u8; 32]>;

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
    /// It does not hold keys.
    #[error(
        "the server key file {} does not hold 64 hexadecimal digits on each of its lines, each key once",
        path.display()
    )]
    Form {
        /// Which file.
        path: PathBuf,
    },
    /// The environment does not hold keys.
    #[error("COUNTERSIGN_SERVER_KEY does not hold 64 hexadecimal digits on each of its lines, each key once")]
    Environment,
    /// Another program changes the file, or has died while it did.
    #[error(
        "the server key file is being changed by another command; nothing was changed. If there is none any more, remove {}",
        beside.display()
    )]
    Busy {
        /// What the other program writes.
        beside: PathBuf,
    },
    /// There is no key of this name in the file.
    #[error("there is no server key {id}; nothing was changed")]
    NoSuchKey {
        /// Its name.
        id: String,
    },
}

/// Adds a new key, as the newest, and names it. It seals nothing until the database says so.
///
/// # Errors
/// [`ServerKeyError`]; then nothing was changed.
pub fn rotate(path: &Path) -> Result<String, ServerKeyError> {
    let new = Zeroizing::new(random::make_bytes());
    let id = random::hex(&Key::derive(&new).id);
    change(path, |mut keys| {
        keys.insert(0, new);
        Ok(keys)
    })?;
    Ok(id)
}

/// Takes a key away. Nothing that it has sealed opens any more.
///
/// # Errors
/// [`ServerKeyError`]; then nothing was changed.
pub fn retire(path: &Path, id: &str) -> Result<(), ServerKeyError> {
    change(path, |mut keys| {
        let before = keys.len();
        keys.retain(|key| random::hex(&Key::derive(key).id) != id);
        if keys.len() == before {
            return Err(ServerKeyError::NoSuchKey { id: id.to_owned() });
        }
        Ok(keys)
    })
}

/// Reads all keys, the newest first.
pub(super) fn load(source: &KeySource) -> Result<Vec<Bytes>, ServerKeyError> {
    let path = match source {
        KeySource::Text(text) => return parse(text.expose_secret()).ok_or(ServerKeyError::Environment),
        KeySource::File(path) => path,
    };
    let file = fs::File::open(path).map_err(|source| at(path, source))?;
    let metadata = file.metadata().map_err(|source| at(path, source))?;
    if readable_by_others(&metadata) && !is_credential(path) {
        return Err(ServerKeyError::Readable {
            path: path.to_owned(),
        });
    }
    let mut text = Zeroizing::new(Vec::new());
    let limit = u64::try_from(LONGEST + 1).unwrap_or(u64::MAX);
    (&file)
        .take(limit)
        .read_to_end(&mut text)
        .map_err(|source| at(path, source))?;
    let keys = str::from_utf8(&text).ok().and_then(parse);
    keys.ok_or_else(|| ServerKeyError::Form {
        path: path.to_owned(),
    })
}

/// Makes the file with one key if it is to be a file and is not there.
pub(super) fn make_if_missing(source: &KeySource) -> Result<(), ServerKeyError> {
    match source {
        KeySource::File(path) if !path.exists() => make(path).map_err(|source| at(path, source)),
        _ => Ok(()),
    }
}

fn at(path: &Path, source: io::Error) -> ServerKeyError {
    ServerKeyError::Io {
        path: path.to_owned(),
        source,
    }
}

/// At least one key; each on a line of its own, and none twice.
fn parse(text: &str) -> Option<Vec<Bytes>> {
    if text.len() > LONGEST {
        return None;
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let keys: Vec<Bytes> = lines.map(parse_key).collect::<Option<_>>()?;
    let is_repeated = |(place, key): (usize, &Bytes)| keys[..place].contains(key);
    let repeated = keys.iter().enumerate().any(is_repeated);
    (!keys.is_empty() && !repeated).then_some(keys)
}

fn parse_key(text: &str) -> Option<Bytes> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = Zeroizing::new([0; 32]);
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(key)
}

/// Puts a file with other keys in the place of this one, at once. The file beside it keeps two programs from doing so
/// at the same time.
fn change(
    path: &Path,
    change: impl FnOnce(Vec<Bytes>) -> Result<Vec<Bytes>, ServerKeyError>,
) -> Result<(), ServerKeyError> {
    // The file itself, not a link to it, is replaced.
    let path = fs::canonicalize(path).map_err(|source| at(path, source))?;
    let mut name = OsString::from(&path);
    name.push(".changing");
    let beside = PathBuf::from(name);
    let mut file = options().open(&beside).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => ServerKeyError::Busy {
            beside: beside.clone(),
        },
        _ => at(&beside, source),
    })?;
    let changed = load(&KeySource::File(path.clone()))
        .and_then(change)
        .and_then(|keys| {
            let replaced = write(&mut file, &path, &keys).and_then(|()| fs::rename(&beside, &path));
            replaced.map_err(|source| at(&path, source))
        });
    if changed.is_err() {
        // If even this fails, the next attempt says what to remove.
        let _ = fs::remove_file(&beside);
    }
    changed.and_then(|()| sync_folder(&path).map_err(|source| at(&path, source)))
}

/// Writes all keys into a file that is to take the place of this one.
fn write(file: &mut fs::File, path: &Path, keys: &[Bytes]) -> io::Result<()> {
    keep_owner(path, file)?;
    for key in keys {
        let line = Zeroizing::new(random::hex(&**key) + "\n");
        file.write_all(line.as_bytes())?;
    }
    file.sync_all()
}

/// Writes a new key beside `path` and then links it there, so that nobody ever reads half a key and the first of
/// several programs wins.
fn make(path: &Path) -> io::Result<()> {
    let beside = path.with_extension(format!("new-{}", random::make_hex::<8>()));
    let mut file = options().open(&beside)?;
    let text = Zeroizing::new(random::make_hex::<32>());
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&beside, path));
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// A new file that only its owner can read.
fn options() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
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

/// Gives the new file to whom the old one belongs, so that the server can read what the administrator has changed.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let (old, is) = (fs::metadata(old)?, new.metadata()?);
    if (old.uid(), old.gid()) == (is.uid(), is.gid()) {
        return Ok(());
    }
    std::os::unix::fs::fchown(new, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Makes the new name outlast a loss of power.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
