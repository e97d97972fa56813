//! Creating, verifying, updating and deleting factors (sections 2, 3, 7.1 and 7.2).

use std::collections::BTreeMap;

use countersign_keychain::{KeyId, KeychainError};
use countersign_protocol::{
    basic_auth::BasicAuth,
    form::Form,
    identity::Identity,
    json::Members,
    link::ServerUrl,
    resources::factor::{CreateFactor, CreatedFactor, PushConfig, UpdateFactor, VerifiedFactor},
    sid::{FactorSid, ServiceSid},
};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};

use super::{
    ClientError,
    http::{Ask, LIBRARY_VERSION},
};
use crate::{
    connection::Connection,
    device::{Caller, Device, accept, factor_path, resource_path},
    event::Event,
    factor::Factor,
    home::LockName,
    policy::Policy,
    request::Malformed,
    store::Enrolled,
};

/// What a factor is created from (section 8.2).
#[derive(Debug, Clone)]
pub struct FactorPayload {
    /// The name of this device, at most 64 characters.
    pub friendly_name: String,
    /// The service to enrol at.
    pub service_sid: ServiceSid,
    /// The identity that the token was issued for.
    pub identity: Identity,
    /// The access token, opaque.
    pub access_token: SecretString,
    /// Texts to store with the factor on the server.
    pub metadata: Option<BTreeMap<String, String>>,
    /// The issuer's name, kept on this device only.
    pub issuer: Option<String>,
    /// The account's name, kept on this device only.
    pub account: Option<String>,
}

/// What to change of a factor. This device has no push token, so the platform always is `none`.
#[derive(Debug, Clone)]
pub struct UpdateFactorPayload {
    /// Which factor.
    pub sid: FactorSid,
    /// Another name for this device. Without one, the stored name is sent again.
    pub friendly_name: Option<String>,
}

/// Creates a factor. The key is noted before it is made, so that whatever happens afterwards it can be found.
pub(crate) async fn create_factor(
    device: &Device,
    server: &ServerUrl,
    payload: FactorPayload,
) -> Result<Factor, ClientError> {
    let lock = device.home.lock(LockName::Enrol).await;
    let _lock = lock.map_err(|source| crate::store::StoreError::Directory {
        path: device.home.database(),
        source,
    })?;
    let key = KeyId::make();
    device
        .store
        .note_key(&key, device.key_location(), device.now())
        .await?;
    let created = create_with_key(device, server, payload, &key).await;
    match created {
        Ok(factor) => {
            device.tell(Event::FactorsChanged);
            Ok(factor)
        }
        Err(error) => {
            discard_if_noted(device, &key).await;
            Err(error)
        }
    }
}

async fn create_with_key(
    device: &Device,
    server: &ServerUrl,
    payload: FactorPayload,
    key: &KeyId,
) -> Result<Factor, ClientError> {
    let create = CreateFactor {
        friendly_name: payload.friendly_name.clone(),
        public_key: device.create_key(key).await?,
        config: push_config(device),
        metadata: payload.metadata.clone(),
    };
    let ask = Ask {
        method: Method::POST,
        url: server.join(&resource_path(
            &payload.service_sid,
            &payload.identity,
            "/Factors",
        )),
        form: Some(create.to_form().encode()),
        known: None,
    };
    let auth = BasicAuth::device(payload.access_token.expose_secret());
    // The token is not ours to renew: no second try after a 401 here (section 7.4).
    let reply = accept(device.send(server, ask, &auth).await?)?;
    let Ok(created) = serde_json::from_slice::<CreatedFactor>(&reply.body) else {
        withdraw_unreadable(device, server, &payload, key, &reply.body).await;
        return Err(Malformed {
            what: "it is not a factor, or a member of it is missing or malformed",
        }
        .into());
    };
    let enrolled = Enrolled {
        sid: created.sid,
        account_sid: created.account_sid,
        service_sid: payload.service_sid,
        identity: payload.identity,
        credential_sid: created.config.credential_sid,
        server: server.clone(),
        friendly_name: created.friendly_name,
        issuer: payload.issuer,
        account: payload.account,
        metadata: payload.metadata,
        status: created.status,
        key_id: key.clone(),
        key_location: device.key_location(),
        created_at: created.date_created,
    };
    if let Err(error) = device.store.save_factor(&enrolled).await {
        withdraw(device, &Caller::from(&enrolled), enrolled.sid.as_str()).await;
        return Err(error.into());
    }
    Ok(enrolled.into())
}

/// The server made a factor whose description cannot be used. Whatever of it suffices to delete it is used for that.
async fn withdraw_unreadable(
    device: &Device,
    server: &ServerUrl,
    payload: &FactorPayload,
    key: &KeyId,
    body: &[u8],
) {
    let read = || {
        let members = Members::parse(body).ok()?;
        let config = Members::parse(members.get("config")?.get().as_bytes()).ok()?;
        let sid: FactorSid = members.text("sid")?.parse().ok()?;
        Some((
            sid,
            members.text("account_sid")?.parse().ok()?,
            config.text("credential_sid")?,
        ))
    };
    if let Some((sid, account_sid, credential_sid)) = read() {
        let caller = Caller {
            server,
            account_sid: &account_sid,
            service_sid: &payload.service_sid,
            identity: &payload.identity,
            credential_sid: &credential_sid,
            key_id: key,
        };
        withdraw(device, &caller, sid.as_str()).await;
    }
}

/// Deletes a factor on the server that did not come to be here. Should that fail, the server drops it by itself after
/// a day, as it was never verified.
async fn withdraw(device: &Device, caller: &Caller<'_>, sid: &str) {
    let deleted = device
        .ask(caller, Method::DELETE, &format!("/Factors/{sid}"), None)
        .await;
    if let Err(error) = deleted {
        tracing::warn!(%error, "a factor that was not kept could not be deleted on the server");
    }
}

/// Deletes a key, if it has no factor after all.
async fn discard_if_noted(device: &Device, key: &KeyId) {
    let noted = device.store.load_noted_keys(device.key_location()).await;
    let discarded = match noted {
        Ok(noted) if !noted.contains(key) => return,
        Ok(_) => device.discard_key(key).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = discarded {
        tracing::warn!(%error, "the key of an enrolment that failed is deleted at the next start");
    }
}

/// Deletes the keys that earlier runs left without a factor, unless an enrolment is under way somewhere.
pub(crate) async fn discard_noted_keys(device: &Device) {
    let Ok(Some(_lock)) = device.home.try_lock(LockName::Enrol) else {
        return;
    };
    for location in device.key_locations() {
        let noted = device.store.load_noted_keys(location).await.unwrap_or_default();
        for key in noted {
            if let Err(error) = device.discard_key(&key).await {
                tracing::warn!(%error, "a key without a factor could not be deleted yet");
            }
        }
    }
}

/// Proves the key of a factor and notes that it is proven.
pub(crate) async fn verify_factor(device: &Device, factor: &Factor) -> Result<Factor, ClientError> {
    let signature = device
        .sign(&factor.key_id, factor.sid.as_str().as_bytes())
        .await?;
    let proof = signature.to_factor_proof().map_err(|_| KeychainError::Damaged)?;
    let form = UpdateFactor {
        auth_payload: Some(proof),
        ..UpdateFactor::default()
    }
    .to_form();
    let reply = device
        .ask_for(factor, Method::POST, &factor_path(&factor.sid), Some(&form))
        .await?;
    let verified: VerifiedFactor = serde_json::from_slice(&reply.body).map_err(|_| Malformed {
        what: "it does not say that the factor is verified",
    })?;
    device
        .store
        .save_factor_status(&factor.sid, verified.status)
        .await?;
    device.tell(Event::FactorsChanged);
    Ok(Factor {
        status: verified.status,
        ..factor.clone()
    })
}

pub(super) async fn update_factor(
    device: &Device,
    factor: &Factor,
    friendly_name: Option<String>,
) -> Result<Factor, ClientError> {
    let form: Form = UpdateFactor {
        auth_payload: None,
        friendly_name: Some(friendly_name.unwrap_or_else(|| factor.friendly_name.clone())),
        config: Some(push_config(device)),
    }
    .to_form();
    let reply = device
        .ask_for(factor, Method::POST, &factor_path(&factor.sid), Some(&form))
        .await?;
    let updated: CreatedFactor = serde_json::from_slice(&reply.body).map_err(|_| Malformed {
        what: "it is not the updated factor",
    })?;
    if updated.sid != factor.sid {
        return Err(Malformed {
            what: "it is not the updated factor",
        }
        .into());
    }
    device
        .store
        .save_factor_name(&factor.sid, &updated.friendly_name)
        .await?;
    device.tell(Event::FactorsChanged);
    Ok(Factor {
        friendly_name: updated.friendly_name,
        ..factor.clone()
    })
}

/// Deletes a factor on the server, then here. A server that does not know the factor, or not its key, has deleted it.
pub(crate) async fn remove_factor(device: &Device, factor: &Factor) -> Result<(), ClientError> {
    match device
        .ask_for(factor, Method::DELETE, &factor_path(&factor.sid), None)
        .await
    {
        Ok(_) | Err(ClientError::SignedOut(_)) => {}
        Err(error) if error.is_not_found() => {}
        Err(error) => return Err(error),
    }
    delete_local(device, factor).await
}

/// Deletes a factor and its key on this device. A key that cannot be deleted now is noted, and deleted later.
pub(crate) async fn delete_local(device: &Device, factor: &Factor) -> Result<(), ClientError> {
    device.store.delete_factor(factor, device.now()).await?;
    device.tell(Event::FactorsChanged);
    if device.key_locations().contains(&factor.key_location)
        && let Err(error) = device.discard_key(&factor.key_id).await
    {
        tracing::warn!(%error, "the key of a removed factor is deleted at the next start");
    }
    Ok(())
}

pub(super) async fn clear_local_storage(device: &Device) -> Result<(), ClientError> {
    device.store.delete_everything(device.now()).await?;
    device.tell(Event::FactorsChanged);
    for location in device.key_locations() {
        for key in device.store.load_noted_keys(location).await? {
            device.discard_key(&key).await?;
        }
    }
    Ok(())
}

fn push_config(device: &Device) -> PushConfig {
    let app_id: String = device.app.name.chars().take(100).collect();
    PushConfig::polling(LIBRARY_VERSION, &app_id)
}

impl From<Enrolled> for Factor {
    fn from(enrolled: Enrolled) -> Self {
        Self {
            sid: enrolled.sid,
            account_sid: enrolled.account_sid,
            service_sid: enrolled.service_sid,
            identity: enrolled.identity,
            server: enrolled.server,
            friendly_name: enrolled.friendly_name,
            issuer: enrolled.issuer,
            account: enrolled.account,
            metadata: enrolled.metadata,
            status: enrolled.status,
            created_at: enrolled.created_at,
            key_location: enrolled.key_location,
            removing_since: None,
            connection: Connection::NeverChecked,
            last_contact: None,
            policy: Policy::default(),
            credential_sid: enrolled.credential_sid,
            key_id: enrolled.key_id,
        }
    }
}
