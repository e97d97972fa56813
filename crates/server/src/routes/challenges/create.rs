//! `POST …/Challenges`: the backend asks, or brings a code (section 9.5 of the Verify Push protocol notes).

use axum::extract::State;
use countersign_protocol::{
    error::{ApiError, ErrorCode},
    identity::Identity,
    matching,
    resources::challenge::{Challenge, CreateChallenge, Details},
    sid::{AccountSid, ChallengeSid, ServiceSid},
};
use jiff::Timestamp;

use super::{answer, shape};
use crate::{
    answer::{Answer, Created, Refusal},
    app::{App, SharedApp},
    caller::Account,
    observation, random,
    request::{At, Parameters},
    server_key::Purpose,
    store::{
        challenges::{
            self,
            creation::{CreateChallengeError, NewChallenge},
        },
        codes::TypedCode,
    },
};

/// Lives for five minutes unless another date is given, an hour at most. A number that has to be typed stays here (E5).
pub(in crate::routes) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity)): At<(ServiceSid, Identity)>,
    Parameters(form): Parameters,
) -> Answer<Created<Challenge>> {
    let now = app.now();
    let asked = CreateChallenge::from_form(&form, now)?;
    let challenge = ask(&app, &account, &service, &identity, asked, now).await?;
    Ok(Created(shape(challenge, now, &app.urls)))
}

/// Makes a challenge that was asked for, by the API or in the console.
pub(crate) async fn ask(
    app: &App,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
    asked: CreateChallenge,
    now: Timestamp,
) -> Answer<challenges::Challenge> {
    let settings = app
        .store
        .load_service(account, service)
        .await?
        .ok_or(Refusal::NotFound)?
        .settings;
    let sid = ChallengeSid::from_random(random::make_bytes());
    let mut hidden_details = asked.hidden_details;
    let number = hidden_details.as_mut().and_then(matching::withhold);
    let new = NewChallenge {
        number_sealed: number.map(|number| {
            app.key
                .seal(Purpose::MatchNumber(sid.as_str()), number.expose().as_bytes())
        }),
        sid,
        details: Details {
            message: asked.message.unwrap_or_default(),
            fields: asked.fields,
            date: settings.push.include_date.then_some(now),
        },
        hidden_details,
        report_pause: settings.report_pause,
        expires_at: asked
            .expiration_date
            .unwrap_or(now + CreateChallenge::DEFAULT_LIFE),
        code: asked.code.map(|code| TypedCode { code, key: &app.key }),
        limits: app.rates.challenges(),
    };
    let factor = &asked.factor_sid;
    let challenge = app
        .store
        .create_challenge(account, service, identity, factor, new, now)
        .await;
    let challenge = challenge.map_err(|error| {
        refusal(error, || {
            ApiError::not_found(&format!(
                "/Services/{service}/Entities/{identity}/Factors/{factor}"
            ))
        })
    })?;
    observation::challenge_created();
    answer::note(&challenge);
    Ok(challenge)
}

fn refusal(error: CreateChallengeError, no_factor: impl FnOnce() -> ApiError) -> Refusal {
    match error {
        CreateChallengeError::NoEntity => Refusal::NotFound,
        CreateChallengeError::NoFactor => no_factor().into(),
        CreateChallengeError::Unverified => {
            Refusal::new(ErrorCode::FactorUnverified, "The factor is not verified")
        }
        CreateChallengeError::NoMessage => ApiError::missing_parameter("Details.Message").into(),
        CreateChallengeError::TooMany { seconds } => Refusal::later(
            seconds,
            ErrorCode::ChallengeLimit,
            "The factor was given as many challenges as it may have for now; try again later",
        ),
        CreateChallengeError::TooMuch(too_much) => too_much.into(),
        CreateChallengeError::Code(error) => error.into(),
        CreateChallengeError::NoDevice => Refusal::new(
            ErrorCode::Details,
            "Invalid parameter HiddenDetails: countersign.match: a number is typed on a device, and this factor is none",
        ),
        CreateChallengeError::Reported { seconds } => Refusal::later(
            seconds,
            ErrorCode::ReportPause,
            "A person has reported that a request to this factor was not theirs; it is not asked for a while",
        ),
        CreateChallengeError::Locked { seconds } => super::numbers_are_locked(seconds),
        CreateChallengeError::Store(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::tests::World;

    #[tokio::test]
    async fn a_challenge_carries_what_it_was_given_and_no_date_unless_the_service_says_so() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let body = format!(
            "FactorSid={}&Details.Message=Sign+in%3F&Details.Fields=%7B%22label%22%3A+%22Where%22%2C+%22value%22%3A+%22K%C3%B6ln%22%7D&Details.Fields=%7B%22label%22%3A%22IP%22%2C%22value%22%3A%221%22%7D&HiddenDetails=%7B%22ip%22%3A+%22192.0.2.1%22%7D",
            phone.sid()
        );
        let made = world.post(&world.at("/Challenges"), &body).await.expect(201);
        assert_eq!(
            made["details"],
            json!({"message": "Sign in?", "fields": [{"label": "Where", "value": "Köln"}, {"label": "IP", "value": "1"}]})
        );
        assert_eq!(made["hidden_details"], json!({"ip": "192.0.2.1"}));
        assert_eq!(made["status"], "pending");
        assert_eq!(made["responded_reason"], "none");
        assert_eq!(made["date_responded"], Value::Null);
        assert_eq!(made["expiration_date"], "2026-11-20T05:05:00Z");
        assert_eq!(
            made["links"]["notifications"],
            format!("{}/Notifications", made["url"].as_str().unwrap())
        );

        world
            .post(
                &format!("/v2/Services/{}", world.service),
                "Push.IncludeDate=true",
            )
            .await
            .expect(200);
        let dated = world.post(&world.at("/Challenges"), &body).await.expect(201);
        assert_eq!(dated["details"]["date"], dated["date_created"]);
        let path = world.at(&format!("/Challenges/{}", made["sid"].as_str().unwrap()));
        assert_eq!(world.get(&path).await.expect(200)["details"], made["details"]);
    }

    #[tokio::test]
    async fn every_limit_holds_and_what_is_just_within_it_is_taken() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let sid = phone.sid();
        let field = |label: usize, value: usize| {
            let json = json!({"label": "ä".repeat(label), "value": "ö".repeat(value)}).to_string();
            let mut form = countersign_protocol::form::Form::default();
            form.push("Details.Fields", json);
            form.encode()
        };
        let fields = |count: usize| vec![field(1, 1); count].join("&");
        let post = async |more: &str| {
            world
                .post(
                    &world.at("/Challenges"),
                    &format!("FactorSid={sid}&Details.Message=Hi&{more}"),
                )
                .await
        };
        for good in [
            fields(20),
            field(36, 128),
            "ExpirationDate=2026-11-20T06:00:00Z".to_owned(),
            String::new(),
        ] {
            post(&good).await.expect(201);
        }
        let hidden = |length: usize| format!("HiddenDetails=%7B%22k%22%3A%22{}%22%7D", "x".repeat(length));
        post(&hidden(1016)).await.expect(201);
        for (bad, code) in [
            (fields(21), 60368),
            (field(37, 1), 60368),
            (field(1, 129), 60368),
            ("Details.Fields=%5B%5D".to_owned(), 60368),
            ("Details.Fields=%7B%22label%22%3A1%7D".to_owned(), 60368),
            (hidden(1017), 60368),
            ("HiddenDetails=%7B%22a%22%3Atrue%7D".to_owned(), 60368),
            ("ExpirationDate=2026-11-20T06:00:01Z".to_owned(), 60306),
            ("ExpirationDate=2026-11-20T05:00:00Z".to_owned(), 60306),
            ("ExpirationDate=tomorrow".to_owned(), 60306),
        ] {
            assert_eq!(post(&bad).await.refusal(), (400, code), "{bad}");
        }
        let message = |length: usize| format!("FactorSid={sid}&Details.Message={}", "m".repeat(length));
        world
            .post(&world.at("/Challenges"), &message(256))
            .await
            .expect(201);
        assert_eq!(
            world
                .post(&world.at("/Challenges"), &message(257))
                .await
                .refusal(),
            (400, 60368)
        );
    }

    #[tokio::test]
    async fn only_a_verified_factor_of_the_same_identity_is_asked() {
        let world = World::new().await;
        let (phone, laptop) = (world.verified_device(1).await, world.unverified_device(2).await);
        let post = async |path: &str, factor: &str| {
            world
                .post(path, &format!("FactorSid={factor}&Details.Message=Hi"))
                .await
        };
        let path = world.at("/Challenges");
        assert_eq!(post(&path, laptop.sid()).await.refusal(), (403, 60318));
        assert_eq!(post(&path, "YF1").await.refusal(), (400, 60306));
        assert_eq!(post(&path, "").await.refusal(), (400, 20001));
        let unknown = post(&path, "YF00000000000000000000000000000000").await;
        assert_eq!(unknown.refusal(), (404, 20404));
        assert!(
            unknown.json()["message"]
                .as_str()
                .unwrap()
                .contains("/Factors/YF0000")
        );
        let other = path.replace(crate::tests::IDENTITY, "user-0002");
        assert_eq!(post(&other, phone.sid()).await.refusal(), (404, 20404));
        world
            .post(
                &format!("/v2/Services/{}/Entities", world.service),
                "Identity=user-0002",
            )
            .await
            .expect(201);
        assert_eq!(post(&other, phone.sid()).await.refusal(), (404, 20404));
    }
}
