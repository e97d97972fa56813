//! Where the database is, and that only the operator can read it there.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    str::FromStr,
};

use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

use super::OpenError;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In memory, until the program ends.
    Memory,
    /// In this file.
    File(PathBuf),
    /// In a PostgreSQL server.
    Postgres,
}

impl Location {
    /// Reads `sqlite://FILE`, `sqlite::memory:` or `postgres://…`.
    ///
    /// # Errors
    /// [`OpenError::Scheme`], [`OpenError::Url`] and [`OpenError::Name`].
    pub fn parse(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            PgConnectOptions::from_str(url).map_err(OpenError::Url)?;
            return Ok(Self::Postgres);
        }
        if !url.starts_with("sqlite:") {
            return Err(OpenError::Scheme);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(OpenError::Url)?;
        if url == "sqlite::memory:" || url == "sqlite://:memory:" {
            return Ok(Self::Memory);
        }
        // The name as SQLite is given it: what stands in the URL may be escaped.
        let file = options.get_filename();
        let name = file.to_string_lossy();
        // SQLite takes these for something else than the name of a file.
        let is_special = name.is_empty() || name.starts_with("file:") || name.starts_with(':');
        if is_special || url.contains('?') {
            return Err(OpenError::Name);
        }
        Ok(Self::File(file.to_owned()))
    }

    /// The file that lies beside the database and has this behind its name, if it is a file.
    pub fn beside(&self, ending: &str) -> Option<PathBuf> {
        match self {
            Self::Memory | Self::Postgres => None,
            Self::File(file) => Some(beside(file, ending)),
        }
    }

    /// Makes the file if it is not there, so that only the operator can read it; SQLite gives the files beside it
    /// the same mode. Files that others could read are closed to them.
    pub(super) fn make_private(&self) -> Result<(), OpenError> {
        let Self::File(path) = self else {
            return Ok(());
        };
        make_private(path).map_err(|source| OpenError::File {
            path: path.clone(),
            source,
        })
    }
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    close_to_others(&options.open(path)?, path)?;
    for ending in ["-wal", "-shm"] {
        let path = beside(path, ending);
        match OpenOptions::new().append(true).open(&path) {
            Ok(file) => close_to_others(&file, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

#[cfg(unix)]
fn close_to_others(file: &File, path: &Path) -> io::Result<()> {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
    let mode = file.metadata()?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(mode & 0o700))?;
        let (path, mode) = (path.display(), format!("{mode:03o}"));
        tracing::warn!(%path, %mode, "others could read or write the database until now; its mode was changed to 600");
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::Store, *};

    #[test]
    fn a_database_is_where_its_name_says() {
        for url in ["sqlite::memory:", "sqlite://:memory:"] {
            assert_eq!(Location::parse(url).unwrap(), Location::Memory);
        }
        for (url, key) in [
            ("sqlite://a.db", "a.db.key"),
            ("sqlite:a.db", "a.db.key"),
            ("sqlite://sp%20ace.db", "sp ace.db.key"),
            ("sqlite:///tmp/mode=memory.db", "/tmp/mode=memory.db.key"),
            ("sqlite:///tmp/:memory:.db", "/tmp/:memory:.db.key"),
        ] {
            let location = Location::parse(url).unwrap();
            assert_eq!(location.beside(".key"), Some(PathBuf::from(key)), "{url}");
        }
    }

    #[test]
    fn only_sqlite_and_postgresql_are_databases() {
        for url in ["mysql://x", "a.db", "/tmp/a.db", ""] {
            assert!(matches!(Location::parse(url), Err(OpenError::Scheme)), "{url}");
        }
    }

    #[test]
    fn names_that_sqlite_takes_for_something_else_are_refused() {
        for url in [
            "sqlite:",
            "sqlite://file:z.db",
            "sqlite://file%3Az.db",
            "sqlite://%3Amemory%3A",
            "sqlite://a.db?mode=memory",
            "sqlite://a.db?vfs=unix-none",
        ] {
            assert!(matches!(Location::parse(url), Err(OpenError::Name)), "{url}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn what_others_could_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sp ace.db");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        std::fs::write(&file, "").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let url = format!("sqlite://{}/sp%20ace.db", folder.path().display());
        let store = Store::open(&url).await.unwrap();
        assert_eq!((mode(&file), mode(&beside(&file, "-wal"))), (0o600, 0o600));
        store.close().await;
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
