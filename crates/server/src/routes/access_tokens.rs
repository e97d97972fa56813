//! `/v2/Services/{VA}/AccessTokens`: permissions to enrol (section 9.2 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    resources::access_token::{AccessToken, CreateAccessToken},
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};
use jiff::SignedDuration;

use crate::{
    access_token::Permission,
    answer::{Answer, Created, Refusal},
    app::{App, SharedApp, Urls},
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
    let (stored, token) = issue(&app, account, service, new).await?;
    Ok(Created(shape(stored, token, &app.urls)))
}

/// Issues a permission to enrol, for the API or in the console. Returns it with its token.
pub(crate) async fn issue(
    app: &App,
    account: AccountSid,
    service: ServiceSid,
    new: CreateAccessToken,
) -> Answer<(access_tokens::AccessToken, String)> {
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
    Ok((stored, token))
}

/// `GET /v2/Services/{VA}/AccessTokens/{YK}`: the token again, for issuers that put only its SID into a QR code.
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, sid)): At<(ServiceSid, AccessTokenSid)>,
) -> Answer<Json<AccessToken>> {
    let (stored, token) = load(&app, &account, &service, &sid).await?;
    Ok(Json(shape(stored, token, &app.urls)))
}

/// A permission that was issued before, with its token.
pub(crate) async fn load(
    app: &App,
    account: &AccountSid,
    service: &ServiceSid,
    sid: &AccessTokenSid,
) -> Answer<(access_tokens::AccessToken, String)> {
    let stored = app.store.load_access_token(account, service, sid).await?;
    let stored = stored.ok_or(Refusal::NotFound)?;
    let token = unseal(app, &stored)?;
    Ok((stored, token))
}

/// The token itself.
pub(crate) fn unseal(app: &App, stored: &access_tokens::AccessToken) -> Answer<String> {
    let purpose = Purpose::AccessToken(stored.sid.as_str());
    let token = app.key.open(purpose, &stored.token_sealed);
    let token = token.and_then(|token| String::from_utf8(token.to_vec()).ok());
    token.ok_or_else(|| Refusal::Failed("an access token cannot be unsealed".into()))
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

#[cfg(test)]
mod tests {
    use countersign_protocol::basic_auth::BasicAuth;

    use crate::tests::{Device, IDENTITY, World};

    #[tokio::test]
    async fn a_token_is_opaque_and_can_be_fetched_again() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/AccessTokens", world.service);
        let made = world
            .post(
                &path,
                "Identity=user-0001&FactorType=push&FactorFriendlyName=Phone&Ttl=300",
            )
            .await
            .expect(201);
        assert_eq!(made["entity_identity"], "user-0001");
        assert_eq!(made["factor_type"], "push");
        assert_eq!(made["factor_friendly_name"], "Phone");
        assert_eq!(made["ttl"], 300);
        let token = made["token"].as_str().unwrap();
        assert_eq!(token.split('.').count(), 5);
        let fetched = world
            .get(&format!("{path}/{}", made["sid"].as_str().unwrap()))
            .await
            .expect(200);
        assert_eq!(fetched, made);
        let rows = world
            .app
            .store
            .dump("SELECT token_sealed FROM access_tokens")
            .await;
        assert_eq!(rows.len(), 1);
        let stored: Vec<u8> = rows[0].get("token_sealed").unwrap();
        assert!(
            !stored
                .windows(20)
                .any(|window| token.as_bytes().windows(20).any(|part| part == window))
        );
    }

    #[tokio::test]
    async fn bad_parameters_are_named() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/AccessTokens", world.service);
        for (body, code) in [
            ("FactorType=push", 20001),
            ("Identity=user-0001", 20001),
            ("Identity=short&FactorType=push", 60305),
            ("Identity=user_0001&FactorType=push", 60305),
            ("Identity=user-0001&FactorType=totp", 60305),
            ("Identity=user-0001&FactorType=push&Ttl=59", 60305),
            ("Identity=user-0001&FactorType=push&Ttl=301", 60305),
            ("Identity=user-0001&FactorType=push&Ttl=1e2", 60305),
        ] {
            assert_eq!(world.post(&path, body).await.refusal(), (400, code), "{body}");
        }
        let nowhere = "/v2/Services/VA00000000000000000000000000000000/AccessTokens";
        assert_eq!(
            world
                .post(nowhere, "Identity=user-0001&FactorType=push")
                .await
                .refusal(),
            (404, 20404)
        );
        assert_eq!(
            world
                .get(&format!("{path}/YK00000000000000000000000000000000"))
                .await
                .refusal(),
            (404, 20404)
        );
    }

    #[tokio::test]
    async fn a_token_enrols_once_for_its_identity_in_its_time() {
        let world = World::new().await;
        let path = world.at("/Factors");
        let token = world.access_token(IDENTITY).await;
        let enrol = async |path: &str, token: &str, seed: u8| {
            world
                .send("POST", path, token, &Device::new(seed).creation())
                .await
        };
        let others = path.replace(IDENTITY, "user-0002");
        assert_eq!(enrol(&others, &token, 1).await.refusal(), (403, 60313));
        let nowhere = path.replace(world.service.as_str(), "VA00000000000000000000000000000000");
        assert_eq!(enrol(&nowhere, &token, 1).await.refusal(), (403, 60313));
        // A refusal does not use the token up.
        assert_eq!(
            world.send("POST", &path, &token, "").await.refusal(),
            (400, 20001)
        );
        enrol(&path, &token, 1).await.expect(201);
        assert_eq!(enrol(&path, &token, 2).await.refusal(), (403, 60313));

        let late = world.access_token(IDENTITY).await;
        world.advance(60);
        assert_eq!(enrol(&path, &late, 2).await.refusal(), (401, 20104));
        let changed = BasicAuth::parse(&late).unwrap().password.replace('.', "..");
        assert_eq!(
            enrol(&path, &BasicAuth::device(changed).to_header(), 2)
                .await
                .refusal(),
            (401, 20101)
        );
    }

    #[tokio::test]
    async fn deleting_the_entity_takes_its_tokens_back() {
        let world = World::new().await;
        world.verified_device(1).await;
        let token = world.access_token(IDENTITY).await;
        assert_eq!(world.delete(&world.at("")).await.status, 204);
        let reply = world
            .send("POST", &world.at("/Factors"), &token, &Device::new(2).creation())
            .await;
        assert_eq!(reply.refusal(), (403, 60313));
    }
}
