//! API keys, made at a terminal.

use countersign_protocol::{
    clock::Clock,
    sid::{AccountSid, ApiKeySid},
};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

use crate::{
    random,
    store::{Store, StoreError, api_keys::ApiKey},
};

/// Makes an API key of an account that is there. Returns its SID and its secret, of which only the hash is kept.
///
/// # Errors
/// [`StoreError`].
pub async fn make_api_key(
    store: &Store,
    account: &AccountSid,
    friendly_name: &str,
    clock: &dyn Clock,
) -> Result<Option<(ApiKeySid, SecretString)>, StoreError> {
    let secret = SecretString::from(random::make_hex::<32>());
    let key = ApiKey {
        sid: ApiKeySid::from_random(random::make_bytes()),
        account_sid: account.clone(),
        friendly_name: friendly_name.to_owned(),
        created_at: clock.now(),
        last_used_on: None,
        revoked_at: None,
    };
    let hash = Sha256::digest(secret.expose_secret().as_bytes());
    let created = store.create_api_key(&key, hash.to_vec()).await?;
    Ok(created.then_some((key.sid, secret)))
}
