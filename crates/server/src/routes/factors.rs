//! `/v2/Services/{VA}/Entities/{identity}/Factors`: the devices and authenticators of an entity (section 9.4 of the Verify
//! Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    form::Form,
    identity::Identity,
    resources::factor::{Factor, FactorConfig, FactorList, FactorStatus, PushFactorConfig},
    sid::ServiceSid,
};

use crate::{
    answer::{Answer, Deleted, Refusal},
    app::{SharedApp, Urls},
    caller::{Account, FactorCaller},
    paging::Listing,
    request::{At, Query},
    store::factors::{self, Proof, PushProof},
};

pub(crate) mod create;
pub(super) mod update;

/// `GET …/Factors`
pub(super) async fn list(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity)): At<(ServiceSid, Identity)>,
    Query(query): Query,
) -> Answer<Json<FactorList>> {
    let listing = Listing::read(
        &app.key,
        app.urls.factors(&service, &identity),
        &query,
        Form::default(),
    )?;
    let page = app
        .store
        .list_factors(&account, &service, &identity, listing.position, listing.size)
        .await?;
    let page = page.ok_or(Refusal::NotFound)?;
    let meta = listing.meta("factors", &page);
    let factors = page
        .items
        .into_iter()
        .map(|factor| shape(factor, &app.urls))
        .collect();
    Ok(Json(FactorList { factors, meta }))
}

/// `GET …/Factors/{YF}`
pub(super) async fn fetch(caller: FactorCaller, State(app): State<SharedApp>) -> Answer<Json<Factor>> {
    let FactorCaller {
        account,
        service,
        identity,
        factor,
    } = caller;
    let factor = app
        .store
        .load_factor(&account, &service, &identity, &factor)
        .await?;
    Ok(Json(shape(factor.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `DELETE …/Factors/{YF}`: the device's tokens are worth nothing from now on (section 7.2).
pub(super) async fn delete(caller: FactorCaller, State(app): State<SharedApp>) -> Answer<Deleted> {
    let FactorCaller {
        account,
        service,
        identity,
        factor,
    } = caller;
    let deleted = app
        .store
        .delete_factor(&account, &service, &identity, &factor, app.now())
        .await?;
    if deleted {
        Ok(Deleted)
    } else {
        Err(Refusal::NotFound)
    }
}

/// Without `binding`, which is shown on creation only.
fn shape(factor: factors::Factor, urls: &Urls) -> Factor {
    let factor_type = factor.factor_type();
    Factor {
        url: urls.factor(&factor.service_sid, &factor.identity, &factor.sid),
        sid: factor.sid,
        account_sid: factor.account_sid,
        service_sid: factor.service_sid,
        entity_sid: factor.entity_sid,
        identity: factor.identity,
        binding: None,
        date_created: factor.created_at,
        date_updated: factor.updated_at,
        friendly_name: factor.friendly_name,
        status: if factor.verified {
            FactorStatus::Verified
        } else {
            FactorStatus::Unverified
        },
        factor_type,
        config: match factor.proof {
            Proof::Push(PushProof {
                credential_sid,
                config,
                ..
            }) => FactorConfig::Push(PushFactorConfig {
                sdk_version: config.sdk_version,
                app_id: config.app_id,
                notification_platform: config.notification_platform.unwrap_or_default(),
                notification_token: config.notification_token,
                credential_sid: credential_sid.to_string(),
            }),
            Proof::Totp(totp) => FactorConfig::Totp(totp.config),
        },
        metadata: factor.metadata,
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::World;

    #[tokio::test]
    async fn factors_are_listed_without_their_binding() {
        let world = World::new().await;
        let (first, second) = (world.verified_device(1).await, world.unverified_device(2).await);
        let list = world.get(&world.at("/Factors")).await.expect(200);
        assert_eq!(list["meta"]["key"], "factors");
        let factors = list["factors"].as_array().unwrap();
        assert_eq!(
            factors.iter().map(|factor| &factor["sid"]).collect::<Vec<_>>(),
            [first.sid(), second.sid()]
        );
        assert_eq!(
            factors.iter().map(|factor| &factor["status"]).collect::<Vec<_>>(),
            ["verified", "unverified"]
        );
        assert!(factors.iter().all(|factor| factor.get("binding").is_none()));
        let one = world
            .get(&world.at(&format!("/Factors/{}", first.sid())))
            .await
            .expect(200);
        assert_eq!(one, factors[0]);
        let nobody = world.at("/Factors").replace(crate::tests::IDENTITY, "user-0009");
        assert_eq!(world.get(&nobody).await.refusal(), (404, 20404));
    }

    #[tokio::test]
    async fn a_deleted_factor_is_gone_at_once_and_what_it_answered_stays() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let decision = countersign_protocol::challenge_response::Decision::Denied;
        world.answer(&phone, &challenge, decision).await.expect(200);
        let path = world.at(&format!("/Factors/{}", phone.sid()));
        let gone = world.send("DELETE", &path, &phone.auth(world.now()), "").await;
        assert_eq!((gone.status.as_u16(), gone.text.as_str()), (204, ""));
        let again = world.send("DELETE", &path, &phone.auth(world.now()), "").await;
        assert_eq!(again.refusal(), (401, 20101));
        assert!(again.headers.contains_key("date"));
        assert_eq!(world.delete(&path).await.refusal(), (404, 20404));
        let path = world.at(&format!(
            "/Challenges/{}",
            challenge.json()["sid"].as_str().unwrap()
        ));
        assert_eq!(world.get(&path).await.expect(200)["status"], "denied");
    }
}
