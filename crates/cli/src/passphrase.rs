//! What only a person knows, such as the vault's passphrase: from a file that only its owner can read, or from them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use countersign_core::mode_open_to_others;
use secrecy::{ExposeSecret, SecretString};

use crate::{exit::Exit, failure::Failure};

/// Longest file that is read, in bytes. Anything longer is another file.
const MAX_LEN: u64 = 4096;

/// Something that only a person knows, or a file of theirs.
pub(crate) struct Secret {
    /// What it is called.
    pub(crate) what: &'static str,
    /// The variable that names the file.
    pub(crate) variable: &'static str,
    /// How a command ends that needs it.
    pub(crate) exit: Exit,
    /// The word for that.
    pub(crate) code: &'static str,
}

const PASSPHRASE: Secret = Secret {
    what: "passphrase",
    variable: "COUNTERSIGN_VAULT_PASSPHRASE_FILE",
    exit: Exit::Keychain,
    code: "passphrase",
};

/// The passphrase of a vault that is there.
pub(crate) fn recall() -> Result<SecretString, Failure> {
    PASSPHRASE.recall("Passphrase of the vault: ")
}

/// A passphrase for a vault that is made now. A person types it twice, because nobody can tell it to them later.
pub(crate) fn choose() -> Result<SecretString, Failure> {
    if let Some(path) = PASSPHRASE.file() {
        return PASSPHRASE.read(&path);
    }
    let first = PASSPHRASE.ask("Choose a passphrase for the new vault: ")?;
    let second = PASSPHRASE.ask("The same once more: ")?;
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(Failure::new(
            Exit::NotConfirmed,
            "The two passphrases differ. No vault was made.",
        )
        .with_code("passphrase"))
    }
}

impl Secret {
    /// What is in the file, or what the person types.
    pub(crate) fn recall(&self, prompt: &str) -> Result<SecretString, Failure> {
        match self.file() {
            Some(path) => self.read(&path),
            None => self.ask(prompt),
        }
    }

    /// The file, if one is named.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        env::var_os(self.variable)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    }

    fn read(&self, path: &Path) -> Result<SecretString, Failure> {
        let unusable = |why: &str, advice: &str| {
            let message = format!("The {} file {} {why}.", self.what, path.display());
            Failure::new(self.exit, message)
                .with_code(self.code)
                .with_advice(advice.replace("FILE", &path.display().to_string()))
        };
        if let Some(mode) = mode_open_to_others(path) {
            let why = format!("can be read by others (mode {mode:03o})");
            return Err(unusable(&why, "Make it private: chmod 600 FILE"));
        }
        let length = fs::metadata(path)
            .map_err(|error| unusable(&format!("cannot be read: {error}"), ""))?
            .len();
        if length > MAX_LEN {
            return Err(unusable(&format!("is too long for a {}", self.what), ""));
        }
        let text =
            fs::read_to_string(path).map_err(|error| unusable(&format!("cannot be read: {error}"), ""))?;
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(unusable("is empty", ""));
        }
        Ok(SecretString::from(secret))
    }

    /// What the person types, which the terminal does not show.
    pub(crate) fn ask(&self, prompt: &str) -> Result<SecretString, Failure> {
        rpassword::prompt_password(prompt)
            .map(SecretString::from)
            .map_err(|_| {
                let message = format!(
                    "This needs your {}, and there is no terminal to ask for it.",
                    self.what
                );
                Failure::new(self.exit, message)
                    .with_code(self.code)
                    .with_advice(format!(
                        "Put it into a file with mode 600 and name that file in {}.",
                        self.variable
                    ))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> tempfile::NamedTempFile {
        // Such files are private from the start.
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn the_end_of_the_line_does_not_belong_to_the_passphrase() {
        for text in ["a pass phrase ", "a pass phrase \n", "a pass phrase \r\n"] {
            assert_eq!(
                PASSPHRASE.read(written(text).path()).unwrap().expose_secret(),
                "a pass phrase "
            );
        }
    }

    #[test]
    fn a_file_that_is_empty_missing_or_far_too_long_is_refused() {
        for path in [
            written("\n").path(),
            Path::new("/nowhere"),
            written(&"a".repeat(5000)).path(),
        ] {
            assert_eq!(PASSPHRASE.read(path).unwrap_err().exit, Exit::Keychain);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_way_to_mend_it() {
        use std::os::unix::fs::PermissionsExt;
        let file = written("secret");
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o640)).unwrap();
        let failure = PASSPHRASE.read(file.path()).unwrap_err();
        assert!(failure.message.contains("mode 640"), "{}", failure.message);
        assert!(failure.advice.unwrap().contains("chmod 600"));
    }
}
