//! Secrets of a local run: made at random, kept in files that only their owner can read.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

/// 128 random bits as 32 hexadecimal digits: the part of an account SID after its letters, a token, a passphrase.
pub(crate) fn make() -> Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| anyhow::anyhow!("the system gave no random bits: {error}"))?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Makes a folder that only its owner can look into, unless it is there already.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .with_context(|| format!("cannot make {}", path.display()))
}

/// Writes the text to a file that only its owner can read, from its first moment on.
pub(crate) fn save(path: &Path, text: &str) -> Result<()> {
    // An old file keeps its mode when it is written again, and so it goes first.
    if path.exists() {
        fs::remove_file(path).with_context(|| format!("cannot replace {}", path.display()))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_secrets_differ_and_have_32_digits() {
        let (one, other) = (make().unwrap(), make().unwrap());
        assert_ne!(one, other);
        assert!(
            one.len() == 32 && one.chars().all(|digit| digit.is_ascii_hexdigit()),
            "{one}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_saved_secret_is_for_its_owner_only_even_when_the_file_was_open_to_all() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("xtask-secret-{}", std::process::id()));
        fs::write(&path, "old").unwrap();
        save(&path, "new").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!((mode & 0o777, text.as_str()), (0o600, "new"));
    }
}
