//! One server key follows another, while servers serve on.

use std::path::Path;

use jiff::Timestamp;

use super::StartError;
use crate::{
    app::App,
    server_key::{self, ServerKey, ServerKeyError},
    store::{Store, StoreError},
};

/// Reads the server keys again, and seals with the one that the database names.
///
/// # Errors
/// [`StartError`]; then those that were read before stay.
pub async fn reload_key(app: &App) -> Result<(), StartError> {
    let Some(id) = app.store.load_key_id().await? else {
        return Ok(());
    };
    if app.key.reload(&id)? {
        Ok(())
    } else {
        Err(StartError::WrongKey)
    }
}

/// Seals with the server key that the database names by now.
pub(super) async fn follow_key(app: &App) -> Result<(), StoreError> {
    let id = app.store.load_key_id().await?;
    if id.is_some_and(|id| id != app.key.id() && !app.key.seal_with(&id)) {
        tracing::error!(
            "the database is sealed with a server key that this server has not read; give it that key, and send SIGHUP"
        );
    }
    Ok(())
}

/// Makes the newest server key the one that seals, and seals anew with it all that another has sealed. Says how much
/// that was.
///
/// # Errors
/// [`StoreError`]. Then all opens as before, and it can be done again.
pub async fn reseal(store: &Store, key: &ServerKey) -> Result<u64, StoreError> {
    if let Some(newest) = key.ids().first() {
        key.seal_with(newest);
    }
    store.reseal(key).await
}

/// Takes a server key out of its file, once nothing needs it any more.
///
/// # Errors
/// [`RetireError`]; then it stays.
pub async fn retire_key(
    store: &Store,
    key: &ServerKey,
    file: &Path,
    id: &str,
    now: Timestamp,
) -> Result<(), RetireError> {
    if key.id() == id {
        return Err(RetireError::Sealing);
    }
    let sealed = store.count_sealed_by_others(key).await?;
    if sealed > 0 {
        return Err(RetireError::Needed { sealed });
    }
    if store.has_access_tokens_of(key, id, now).await? {
        return Err(RetireError::AccessTokens);
    }
    Ok(server_key::retire(file, id)?)
}

/// Why a server key stays.
#[derive(Debug, thiserror::Error)]
pub enum RetireError {
    /// It is the one that seals.
    #[error("this server key is the one that seals; nothing was changed. Make another, and reseal, first")]
    Sealing,
    /// Something was sealed by another key than the one that seals now.
    #[error(
        "{sealed} entries of the database were not sealed with the newest server key; nothing was changed. Reseal first"
    )]
    Needed {
        /// How much.
        sealed: u64,
    },
    /// A device may still come with an access token that it made.
    #[error(
        "access tokens that this server key made are still good; nothing was changed. Try again in five minutes"
    )]
    AccessTokens,
    /// The file cannot be changed.
    #[error(transparent)]
    Key(#[from] ServerKeyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
