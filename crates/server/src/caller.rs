//! Who asks, and for what they may ask.
//!
//! Two kinds of callers (section 1.3 of the Verify Push protocol notes): an issuer's backend with its account's
//! auth token or an API key, and a device with a token. What a device may reach is decided here and nowhere else: the factor
//! that its JWT belongs to must be the one in the path, or belong to the service and identity in the path. What
//! lies outside answers as if it did not exist, without a look into the database.

mod backend;

use axum::{extract::FromRequestParts, http::header, http::request::Parts};
use countersign_protocol::{
    basic_auth::{BasicAuth, DEVICE_USER},
    device_jwt::{DeviceJwt, DeviceJwtError},
    error::{ApiError, ErrorCode},
    identity::Identity,
    jws::JwsError,
    sid::{AccessTokenSid, AccountSid, ChallengeSid, FactorSid, ServiceSid},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use self::backend::authenticate_backend;
use crate::{
    access_token::Permission,
    answer::Refusal,
    app::{App, Decoy, SharedApp},
    client_address::ClientAddress,
    observation, random,
    rates::TooMuch,
    request::At,
    server_key::Purpose,
    store::{challenges::Challenge, factors::Factor},
};

/// An issuer's backend.
pub struct Account(pub AccountSid);

impl FromRequestParts<SharedApp> for Account {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let address = ClientAddress::of(&parts.extensions);
        authenticate_backend(app, &credentials(parts)?, address)
            .await
            .map(Self)
    }
}

/// Somebody who may enrol a factor for the identity in the path: the backend, or a device with an access token.
pub struct Enroller {
    /// Whose service it is.
    pub account: AccountSid,
    /// The service in the path.
    pub service: ServiceSid,
    /// The identity in the path.
    pub identity: Identity,
    /// The access token that is to be used up.
    pub token: Option<AccessTokenSid>,
}

impl FromRequestParts<SharedApp> for Enroller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let credentials = credentials(parts)?;
        if credentials.user != DEVICE_USER {
            let address = ClientAddress::of(&parts.extensions);
            let account = authenticate_backend(app, &credentials, address).await?;
            let At(EntityPath { service, identity }) = At::from_request_parts(parts, app).await?;
            return Ok(Self {
                account,
                service,
                identity,
                token: None,
            });
        }
        let permission = Permission::open(&app.key, &credentials.password, app.now())?;
        let forbidden = || {
            let code = ErrorCode::FactorCreationForbidden;
            Refusal::new(
                code,
                "The access token does not allow a factor for this service and identity",
            )
        };
        let path = At::<EntityPath>::from_request_parts(parts, app).await;
        let At(EntityPath { service, identity }) = path.map_err(|_| forbidden())?;
        if permission.service != service || permission.identity != identity {
            return Err(forbidden());
        }
        Ok(Self {
            account: permission.account,
            service,
            identity,
            token: Some(permission.sid),
        })
    }
}

/// Somebody who may change the factor in the path: the backend, or the device that the factor is, verified or not.
pub struct FactorCaller {
    /// Whose service it is.
    pub account: AccountSid,
    /// The service in the path.
    pub service: ServiceSid,
    /// The identity in the path.
    pub identity: Identity,
    /// The factor in the path.
    pub factor: FactorSid,
}

impl FromRequestParts<SharedApp> for FactorCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let scope = Scope::from_request_parts(parts, app).await?;
        let At(FactorPath { factor }) = At::from_request_parts(parts, app).await?;
        if scope.device.is_some_and(|device| device.sid != factor) {
            return Err(Refusal::NotFound);
        }
        let Scope {
            account,
            service,
            identity,
            ..
        } = scope;
        Ok(Self {
            account,
            service,
            identity,
            factor,
        })
    }
}

/// Somebody who may read and answer challenges of the identity in the path: the backend all of them, a verified
/// device its own.
pub struct ChallengeCaller {
    /// Whose service it is.
    pub account: AccountSid,
    /// The service in the path.
    pub service: ServiceSid,
    /// The identity in the path.
    pub identity: Identity,
    /// The factor that the device is, if it is a device.
    pub device: Option<Box<Factor>>,
}

impl FromRequestParts<SharedApp> for ChallengeCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let Scope {
            account,
            service,
            identity,
            device,
        } = Scope::from_request_parts(parts, app).await?;
        if device.as_ref().is_some_and(|device| !device.verified) {
            return Err(Refusal::new(
                ErrorCode::FactorUnverified,
                "The factor is not verified",
            ));
        }
        Ok(Self {
            account,
            service,
            identity,
            device,
        })
    }
}

impl ChallengeCaller {
    /// The challenge, if the caller may see it.
    ///
    /// # Errors
    /// 404 otherwise.
    pub async fn load(&self, app: &App, sid: &ChallengeSid) -> Result<Challenge, Refusal> {
        let found = app
            .store
            .load_challenge(&self.account, &self.service, &self.identity, sid)
            .await?;
        found
            .filter(|challenge| {
                self.device
                    .as_ref()
                    .is_none_or(|device| device.sid == challenge.factor_sid)
            })
            .ok_or(Refusal::NotFound)
    }
}

/// A device, whatever it asks for.
pub struct DeviceCaller(pub Box<Factor>);

impl FromRequestParts<SharedApp> for DeviceCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let credentials = credentials(parts)?;
        if credentials.user != DEVICE_USER {
            return Err(wrong_credentials());
        }
        let factor =
            authenticate_device(app, &credentials.password, ClientAddress::of(&parts.extensions)).await?;
        Ok(Self(Box::new(factor)))
    }
}

#[derive(Deserialize)]
struct EntityPath {
    service: ServiceSid,
    identity: Identity,
}

#[derive(Deserialize)]
struct FactorPath {
    factor: FactorSid,
}

/// Somebody who may do something for the identity in the path.
struct Scope {
    account: AccountSid,
    service: ServiceSid,
    identity: Identity,
    device: Option<Box<Factor>>,
}

impl Scope {
    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        let credentials = credentials(parts)?;
        let address = ClientAddress::of(&parts.extensions);
        let device = if credentials.user == DEVICE_USER {
            let device = authenticate_device(app, &credentials.password, address).await?;
            Some(Box::new(device))
        } else {
            None
        };
        let account = match &device {
            Some(device) => device.account_sid.clone(),
            None => authenticate_backend(app, &credentials, address).await?,
        };
        let At(EntityPath { service, identity }) = At::from_request_parts(parts, app).await?;
        if device
            .as_ref()
            .is_some_and(|device| device.service_sid != service || device.identity != identity)
        {
            return Err(Refusal::NotFound);
        }
        Ok(Self {
            account,
            service,
            identity,
            device,
        })
    }
}

fn credentials(parts: &Parts) -> Result<BasicAuth, Refusal> {
    let mut headers = parts.headers.get_all(header::AUTHORIZATION).iter();
    let header = headers.next().and_then(|value| value.to_str().ok());
    let only = headers.next().is_none();
    header
        .filter(|_| only)
        .and_then(BasicAuth::parse)
        .ok_or_else(wrong_credentials)
}

fn wrong_credentials() -> Refusal {
    Refusal::new(ErrorCode::Authentication, "Authenticate")
}

/// Unseals and compares two auth tokens for every account: for one that has only one, and for one that does not exist,
/// nobody's take the place of what is not there. What remains is the row that the database does not have to hand out:
/// some 26 µs measured on loopback.
pub(crate) async fn authenticate_account(
    app: &App,
    credentials: &BasicAuth,
    address: ClientAddress,
) -> Result<AccountSid, Refusal> {
    app.rates.admit(address, &credentials.user, app.now())?;
    let sid: Option<AccountSid> = credentials.user.parse().ok();
    let tokens = match &sid {
        Some(sid) => app.store.load_auth_tokens(sid).await?,
        None => None,
    };
    let (primary, secondary) = match &tokens {
        Some(tokens) => (Some(&*tokens.primary), tokens.secondary.as_deref()),
        None => (None, None),
    };
    let given = Sha256::digest(credentials.password.as_bytes());
    let account = sid.as_ref().map_or(Decoy::ACCOUNT, AccountSid::as_str);
    let is_primary = is_auth_token(app, account, primary, &given)?;
    let is_secondary = is_auth_token(app, account, secondary, &given)?;
    match sid {
        Some(sid) if bool::from(is_primary | is_secondary) => {
            accept(app, address, sid.as_str(), &sid)?;
            Ok(sid)
        }
        _ => Err(reject(app, address)),
    }
}

/// The user has shown the right secret, and asks on behalf of this account.
fn accept(app: &App, address: ClientAddress, user: &str, account: &AccountSid) -> Result<(), TooMuch> {
    observation::note_account(account);
    app.rates.trust(address, user);
    app.rates.count_account(account, app.now())
}

/// Somebody has shown a wrong secret.
fn reject(app: &App, address: ClientAddress) -> Refusal {
    match app.rates.count_wrong_auth_token(address, app.now()) {
        Ok(()) => wrong_credentials(),
        Err(too_much) => too_much.into(),
    }
}

/// Whether this is the digest of a sealed auth token. Where there is none, the work is the same, and it is not.
fn is_auth_token(app: &App, account: &str, sealed: Option<&[u8]>, given: &[u8]) -> Result<Choice, Refusal> {
    let exists = Choice::from(u8::from(sealed.is_some()));
    let token = app.key.open_or_nobody(Purpose::AuthToken(account), sealed);
    let token = token.ok_or_else(|| Refusal::Failed("an auth token cannot be unsealed".into()))?;
    Ok(exists & Sha256::digest(&*token).as_slice().ct_eq(given))
}

/// A name for the account's primary auth token as it is now, which tells nothing about it; `None` if there is no such
/// account. Whoever signed in while another was the primary one is not signed in any more.
pub(crate) async fn auth_token_mark(app: &App, sid: &AccountSid) -> Result<Option<String>, Refusal> {
    let Some(tokens) = app.store.load_auth_tokens(sid).await? else {
        return Ok(None);
    };
    let token = app.key.open(Purpose::AuthToken(sid.as_str()), &tokens.primary);
    let token = token.ok_or_else(|| Refusal::Failed("an auth token cannot be unsealed".into()))?;
    let mark = Sha256::new_with_prefix("auth token of a console session\0").chain_update(&*token);
    Ok(Some(random::hex(&mark.finalize()[..16])))
}

/// Checks a signature for a `kid` that does not exist as for one of another key. What remains is the row that the
/// database does not have to hand out.
async fn authenticate_device(app: &App, token: &str, address: ClientAddress) -> Result<Factor, Refusal> {
    match check_device(app, token).await {
        Ok(factor) => {
            app.rates.count_device(&factor.sid, app.now())?;
            Ok(factor)
        }
        // A token that has expired, or that comes from a clock that is wrong, was once right.
        Err(Refusal::Api(error)) if is_wrong_signature(&error) => {
            app.rates.count_wrong_signature(address, app.now())?;
            Err(error.into())
        }
        Err(refusal) => Err(refusal),
    }
}

fn is_wrong_signature(error: &ApiError) -> bool {
    [
        ErrorCode::TokenInvalid,
        ErrorCode::NotAJwt,
        ErrorCode::TokenSubject,
    ]
    .iter()
    .any(|code| code.number() == error.code)
}

async fn check_device(app: &App, token: &str) -> Result<Factor, Refusal> {
    let jwt = DeviceJwt::parse(token).map_err(refuse_token)?;
    let factor = match jwt.kid.parse() {
        Ok(kid) => app.store.load_factor_of_credential(&kid).await?,
        Err(_) => None,
    };
    let Some((factor, public_key)) = factor.and_then(|factor| {
        let public_key = *factor.public_key()?;
        Some((factor, public_key))
    }) else {
        // The outcome does not matter: this key is nobody's.
        let _ = jwt.verify(&app.decoy.public_key, Decoy::ACCOUNT, app.now());
        return Err(unknown_device());
    };
    jwt.verify(&public_key, factor.account_sid.as_str(), app.now())
        .map_err(refuse_token)?;
    observation::note_account(&factor.account_sid);
    Ok(factor)
}

/// The answer to a device whose `kid` is nobody's: it never was, or the factor is gone.
pub fn unknown_device() -> Refusal {
    refuse_token(JwsError::Signature.into())
}

fn refuse_token(error: DeviceJwtError) -> Refusal {
    let code = match error {
        DeviceJwtError::Jws(JwsError::Signature) | DeviceJwtError::Kind => ErrorCode::TokenInvalid,
        DeviceJwtError::Jws(_) => ErrorCode::NotAJwt,
        DeviceJwtError::Claim { name: "exp" | "nbf" } | DeviceJwtError::Lifetime => ErrorCode::JwtExpiry,
        DeviceJwtError::Claim { .. } | DeviceJwtError::Subject => ErrorCode::TokenSubject,
        DeviceJwtError::NotYetValid => ErrorCode::TokenNotYetValid,
        DeviceJwtError::Expired => ErrorCode::TokenExpired,
    };
    ApiError::new(code, format!("Authentication failed: {error}")).into()
}
