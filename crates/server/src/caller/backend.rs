//! An issuer's backend: with its account's auth token, or with an API key.

use countersign_protocol::{
    basic_auth::BasicAuth,
    sid::{AccountSid, ApiKeySid},
};
use jiff::tz::Offset;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{accept, authenticate_account, reject};
use crate::{answer::Refusal, app::App, client_address::ClientAddress};

/// In place of the hash of a secret that there is not: nothing is known that has it.
const NOBODYS: [u8; 32] = [0; 32];

pub(super) async fn authenticate_backend(
    app: &App,
    credentials: &BasicAuth,
    address: ClientAddress,
) -> Result<AccountSid, Refusal> {
    match credentials.user.parse() {
        Ok(key) => authenticate_api_key(app, &key, &credentials.password, address).await,
        Err(_) => authenticate_account(app, credentials, address).await,
    }
}

/// Hashes and compares for a key that does not exist, or is revoked, as for one with another secret.
async fn authenticate_api_key(
    app: &App,
    sid: &ApiKeySid,
    secret: &str,
    address: ClientAddress,
) -> Result<AccountSid, Refusal> {
    app.rates.admit(address, sid.as_str(), app.now())?;
    let proof = app.store.load_api_key_proof(sid).await?;
    let given = Sha256::digest(secret.as_bytes());
    let kept = proof.as_ref().map_or(&NOBODYS[..], |proof| &proof.secret_hash);
    let equal = given.as_slice().ct_eq(kept);
    let Some(proof) = proof.filter(|_| equal.into()) else {
        return Err(reject(app, address));
    };
    accept(app, address, sid.as_str(), &proof.account_sid)?;
    note_use(app, sid, proof.last_used_on.as_deref()).await;
    Ok(proof.account_sid)
}

/// Once a day. That it cannot be written down is no reason to refuse what was asked.
async fn note_use(app: &App, sid: &ApiKeySid, last: Option<&str>) {
    let today = Offset::UTC.to_datetime(app.now()).date();
    if last.is_some_and(|last| *last >= *today.to_string()) {
        return;
    }
    if let Err(error) = app.store.note_api_key_use(sid, today).await {
        tracing::warn!(%error, "the use of an API key could not be noted");
    }
}
