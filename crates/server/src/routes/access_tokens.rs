//! `/v2/Services/{VA}/AccessTokens`: permissions to enrol (section 9.2 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    resources::access_token::{AccessToken, CreateAccessToken},
    sid::{AccessTokenSid, ServiceSid},
};
use jiff::SignedDuration;

use crate::{
    access_token::Permission,
    answer::{Answer, Created, Refusal},
    app::{SharedApp, Urls},
    caller::Account,
    random,
    request::{At, Parameters},
    server_key::Purpose,
    store::access_tokens,
};

/// `POST /v2/Services/{VA}/AccessTokens`
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Parameters(form): Parameters,
) -> Answer<Created<AccessToken>> {
    let new = CreateAccessToken::from_form(&form)?;
    let sid = AccessTokenSid::from_random(random::make_bytes());
    let now = app.now();
    let expires_at = now + SignedDuration::from_secs(i64::from(new.ttl));
    let permission = Permission {
        sid: sid.clone(),
        account: account.clone(),
        service: service.clone(),
        identity: new.identity.clone(),
        exp: expires_at.as_second(),
    };
    let token = permission.seal(&app.key);
    let stored = access_tokens::AccessToken {
        token_sealed: app.key.seal(Purpose::AccessToken(sid.as_str()), token.as_bytes()),
        sid,
        account_sid: account,
        service_sid: service,
        identity: new.identity,
        factor_friendly_name: new.factor_friendly_name,
        ttl: new.ttl,
        created_at: now,
        expires_at,
    };
    if !app.store.create_access_token(&stored).await? {
        return Err(Refusal::NotFound);
    }
    Ok(Created(shape(stored, token, &app.urls)))
}

/// `GET /v2/Services/{VA}/AccessTokens/{YK}`: the token again, for issuers that put only its SID into a QR code.
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, sid)): At<(ServiceSid, AccessTokenSid)>,
) -> Answer<Json<AccessToken>> {
    let stored = app
        .store
        .load_access_token(&account, &service, &sid)
        .await?
        .ok_or(Refusal::NotFound)?;
    let token = app
        .key
        .open(Purpose::AccessToken(sid.as_str()), &stored.token_sealed);
    let token = token.and_then(|token| String::from_utf8(token.to_vec()).ok());
    let token = token.ok_or_else(|| Refusal::Failed("an access token cannot be unsealed".into()))?;
    Ok(Json(shape(stored, token, &app.urls)))
}

fn shape(stored: access_tokens::AccessToken, token: String, urls: &Urls) -> AccessToken {
    AccessToken {
        url: urls.access_token(&stored.service_sid, &stored.sid),
        sid: stored.sid,
        account_sid: stored.account_sid,
        service_sid: stored.service_sid,
        entity_identity: stored.identity,
        factor_type: "push".to_owned(),
        factor_friendly_name: stored.factor_friendly_name,
        token,
        ttl: stored.ttl,
        date_created: stored.created_at,
    }
}
