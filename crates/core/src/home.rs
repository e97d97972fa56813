//! Where a profile keeps its files: the store, and the locks that processes hold against each other.

use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The directory of a person's usual profile, by the rules of the operating system. `None` where there is no home
/// directory to put it in; a caller then has to name one.
pub fn default_home() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "Countersign").map(|dirs| dirs.data_local_dir().to_owned())
}

/// A profile's directory, made if it was not there.
#[derive(Debug, Clone)]
pub(crate) struct Home(PathBuf);

impl Home {
    /// Makes the directory for this person alone (mode 700), and closes one that others may look into, if it is
    /// ours: empty, or with a store in it. A directory with other things in it is left as its owner has it.
    pub(crate) fn prepare(path: &Path) -> io::Result<Self> {
        let home = Self(path.to_owned());
        if !path.exists() {
            let mut builder = DirBuilder::new();
            builder.recursive(true);
            imp::private_directory(&mut builder);
            builder.create(path)?;
        } else if home.database().exists() || path.read_dir()?.next().is_none() {
            imp::close(path, 0o700)?;
        }
        Ok(home)
    }

    /// The store.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("countersign.db")
    }

    /// Makes the store's file for this person alone (mode 600), or closes it to others.
    ///
    /// A file that is there is not opened: closing it again would drop the locks that SQLite holds on it elsewhere in
    /// this process.
    pub(crate) fn make_private(path: &Path) -> io::Result<()> {
        match private().create_new(true).open(path) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => imp::close(path, 0o600),
            Err(error) => Err(error),
        }
    }

    /// Takes a lock, or returns `None` if another holder has it. The lock goes with the value, and with the process.
    pub(crate) fn try_lock(&self, name: LockName) -> io::Result<Option<Lock>> {
        let file = private()
            .create(true)
            .truncate(false)
            .open(self.0.join(name.file_name()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Waits for a lock.
    pub(crate) async fn lock(&self, name: LockName) -> io::Result<Lock> {
        let path = self.0.join(name.file_name());
        tokio::task::spawn_blocking(move || {
            let file = private().create(true).truncate(false).open(path)?;
            file.lock()?;
            Ok(Lock(file))
        })
        .await
        .map_err(io::Error::other)?
    }
}

/// Opens files that are made for this person alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    imp::private_file(&mut options);
    options
}

/// What processes of one profile must not do at the same time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LockName {
    /// Bring the store's tables up to date.
    Migrate,
    /// Ask the servers again and again.
    Poll,
    /// Enrol, or clean up after an enrolment that did not end.
    Enrol,
}

impl LockName {
    fn file_name(self) -> &'static str {
        match self {
            Self::Migrate => "migrate.lock",
            Self::Poll => "poll.lock",
            Self::Enrol => "enrol.lock",
        }
    }
}

/// A lock that is held.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

#[cfg(unix)]
mod imp {
    use std::{
        fs::{DirBuilder, OpenOptions, Permissions, set_permissions},
        io,
        os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
        path::Path,
    };

    pub(super) fn private_directory(builder: &mut DirBuilder) {
        builder.mode(0o700);
    }

    pub(super) fn private_file(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    pub(super) fn close(path: &Path, mode: u32) -> io::Result<()> {
        if path.metadata()?.permissions().mode() & 0o077 != 0 {
            set_permissions(path, Permissions::from_mode(mode))?;
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod imp {
    //! A person's data directory is theirs alone here; the system sees to it by inheritance.

    use std::{
        fs::{DirBuilder, OpenOptions},
        io,
        path::Path,
    };

    pub(super) fn private_directory(_: &mut DirBuilder) {}

    pub(super) fn private_file(_: &mut OpenOptions) {}

    pub(super) fn close(_: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_by_one_and_given_back_when_it_is_dropped() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::prepare(directory.path()).unwrap();
        let held = home.try_lock(LockName::Poll).unwrap();
        assert!(held.is_some());
        assert!(home.try_lock(LockName::Poll).unwrap().is_none());
        assert!(home.try_lock(LockName::Enrol).unwrap().is_some());
        drop(held);
        assert!(home.try_lock(LockName::Poll).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn the_directory_is_closed_to_others_unless_it_holds_other_things() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let directory = tempfile::tempdir().unwrap();
        let made = directory.path().join("a/b");
        Home::prepare(&made).unwrap();
        assert_eq!(mode(&made), 0o700);

        let shared = directory.path().join("shared");
        std::fs::create_dir(&shared).unwrap();
        std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::write(shared.join("thesis.txt"), "x").unwrap();
        Home::prepare(&shared).unwrap();
        assert_eq!(mode(&shared), 0o755);
        let file = shared.join("countersign.db");
        std::fs::write(&file, "").unwrap();
        Home::make_private(&file).unwrap();
        assert_eq!(mode(&file), 0o600);
    }
}
