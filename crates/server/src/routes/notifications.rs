//! `POST …/Challenges/{YC}/Notifications`: the push again (section 9.6 of the Verify Push protocol notes).
//!
//! This server has no connection to a push service. It notes the request, keeps its limit, and says so where the
//! factor has no push service either; devices poll.

use axum::extract::State;
use countersign_protocol::{
    error::ErrorCode,
    identity::Identity,
    resources::{
        challenge::ChallengeStatus,
        factor::NotificationPlatform,
        notification::{CreateNotification, Notification},
    },
    sid::{ChallengeSid, ServiceSid},
};

use crate::{
    answer::{Answer, Created, Refusal},
    app::SharedApp,
    caller::Account,
    request::{At, Parameters},
    store::factors::Proof,
};

/// At most three for one challenge, and only while it can be answered.
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity, sid)): At<(ServiceSid, Identity, ChallengeSid)>,
    Parameters(form): Parameters,
) -> Answer<Created<Notification>> {
    let CreateNotification { ttl } = CreateNotification::from_form(&form)?;
    let now = app.now();
    let challenge = app
        .store
        .load_challenge(&account, &service, &identity, &sid)
        .await?;
    let challenge = challenge.ok_or(Refusal::NotFound)?;
    let factor = app
        .store
        .load_factor(&account, &service, &identity, &challenge.factor_sid)
        .await?;
    let platform = factor.and_then(|factor| match factor.proof {
        Proof::Push(push) => push.config.notification_platform,
        Proof::Totp(_) => None,
    });
    if platform.unwrap_or_default() == NotificationPlatform::None {
        let message = "The factor's notification platform is none, so nothing can be sent to it";
        return Err(Refusal::new(ErrorCode::NoPushPlatform, message));
    }
    match challenge.status(now) {
        ChallengeStatus::Pending => {}
        ChallengeStatus::Expired => {
            return Err(Refusal::new(
                ErrorCode::ChallengeExpired,
                "The challenge has expired",
            ));
        }
        ChallengeStatus::Approved | ChallengeStatus::Denied => {
            return Err(Refusal::new(
                ErrorCode::ChallengeAnswered,
                "The challenge has been answered already",
            ));
        }
    }
    let sid = app.store.create_notification(&challenge, ttl, now).await?;
    let sid = sid.ok_or_else(|| {
        let most = CreateNotification::MAX_PER_CHALLENGE;
        Refusal::new(
            ErrorCode::NotificationLimit,
            format!("A challenge may have {most} notifications"),
        )
    })?;
    Ok(Created(Notification {
        sid,
        account_sid: challenge.account_sid,
        service_sid: challenge.service_sid,
        entity_sid: challenge.entity_sid,
        identity: challenge.identity,
        challenge_sid: challenge.sid,
        priority: "high".to_owned(),
        ttl,
        date_created: now,
    }))
}

#[cfg(test)]
mod tests {
    use countersign_protocol::challenge_response::Decision;

    use crate::tests::World;

    #[tokio::test]
    async fn a_factor_that_polls_cannot_be_notified() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await.json();
        let path = world.at(&format!(
            "/Challenges/{}/Notifications",
            challenge["sid"].as_str().unwrap()
        ));
        assert_eq!(world.post(&path, "").await.refusal(), (400, 60307));
    }

    #[tokio::test]
    async fn a_push_is_sent_again_three_times_while_the_challenge_is_pending() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let factor = world.at(&format!("/Factors/{}", phone.sid()));
        let push = format!(
            "Config.NotificationPlatform=fcm&Config.NotificationToken={}",
            "t".repeat(32)
        );
        world.post(&factor, &push).await.expect(200);
        let challenge = world.challenge(&phone).await;
        let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
        let path = world.at(&format!("/Challenges/{sid}/Notifications"));
        assert_eq!(world.post(&path, "Ttl=301").await.refusal(), (400, 60306));
        for ttl in ["", "Ttl=0", "Ttl=300"] {
            let sent = world.post(&path, ttl).await.expect(201);
            assert_eq!(sent["challenge_sid"], sid);
            assert_eq!(sent["priority"], "high");
        }
        assert_eq!(world.post(&path, "").await.refusal(), (429, 60309));
        let other = world.challenge(&phone).await;
        world.answer(&phone, &other, Decision::Denied).await.expect(200);
        let path = world.at(&format!(
            "/Challenges/{}/Notifications",
            other.json()["sid"].as_str().unwrap()
        ));
        assert_eq!(world.post(&path, "").await.refusal(), (403, 60322));
    }
}
