//! `POST /sign-in`: asks the person's computers whether it is them.

use std::net::SocketAddr;

use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse},
};
use countersign_protocol::{
    date,
    resources::challenge::{CreateChallenge, Field, HiddenDetails},
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::session::{Cookie, set_cookie};
use crate::{
    api::{Api, CallError, Device},
    browser,
    parameters::Parameters,
    person::Person,
    refusal::Refusal,
    running::Acme,
    sign_ins,
};

/// What is asked: always the same. Whoever begins to sign in may be anybody, and writes nothing into the question.
const QUESTION: &str = "Are you signing in to Acme?";

/// How many computers are asked at once: the newest ones.
const MAX_ASKED: usize = 5;

#[derive(Serialize)]
pub(super) struct Answer {
    /// The first of `challenge_sids`: the name of this attempt.
    challenge_sid: ChallengeSid,
    /// One for each computer asked.
    challenge_sids: Vec<ChallengeSid>,
    identity: String,
    message: String,
    fields: Vec<Field>,
    expires_at: String,
    seconds: i64,
}

/// Takes `name` or `identity`. Asks each enrolled computer the same, under one `action_id`,
/// so that a person with two of them sees one question.
pub(super) async fn sign_in(
    State(acme): State<Acme>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<impl IntoResponse, Refusal> {
    let person = Person::from_parameters(&parameters)?;
    acme.sign_ins().admit(peer.ip(), acme.now())?;
    let devices = devices_to_ask(acme.api(), &person).await?;
    let question = make_question(&acme, peer, &headers);
    let mut asked = Vec::new();
    for device in devices {
        asked.push(ask(acme.api(), &person, &question, device.sid).await?);
    }
    let first = asked.first().ok_or(Refusal::NotEnrolled)?;
    let (life, expires_at) = (first.life, first.expires_at);
    let challenges: Vec<_> = asked
        .into_iter()
        .map(|asked| (asked.sid, asked.factor_sid))
        .collect();
    let answer = Answer {
        challenge_sid: challenges[0].0.clone(),
        challenge_sids: challenges.iter().map(|(sid, _)| sid.clone()).collect(),
        identity: person.identity.to_string(),
        message: question.message,
        fields: question.fields,
        expires_at: date::format(expires_at),
        seconds: life.as_secs(),
    };
    let token = acme.sign_ins().begin(person, challenges, life, acme.now())?;
    let cookie = set_cookie(&acme, Cookie::SignIn, &token, life);
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(answer)))
}

/// The person's verified computers, newest first.
async fn devices_to_ask(api: &Api, person: &Person) -> Result<Vec<Device>, Refusal> {
    let mut devices = api.list_devices(&person.identity).await?;
    devices.retain(|device| device.status == "verified");
    devices.sort_by(|one, other| other.date_created.cmp(&one.date_created));
    devices.truncate(MAX_ASKED);
    if devices.is_empty() {
        Err(Refusal::NotEnrolled)
    } else {
        Ok(devices)
    }
}

struct Question {
    message: String,
    fields: Vec<Field>,
    hidden: HiddenDetails,
}

fn make_question(acme: &Acme, peer: SocketAddr, headers: &HeaderMap) -> Question {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let ip = peer.ip().to_canonical();
    let place = if ip.is_loopback() {
        format!("{ip} (the computer that Acme runs on)")
    } else {
        ip.to_string()
    };
    let field = |label: &str, value: String| Field {
        label: label.to_owned(),
        value,
    };
    Question {
        message: QUESTION.to_owned(),
        fields: vec![
            field("Where", place),
            field("When", acme.now().strftime("%-d %B %Y, %H:%M UTC").to_string()),
            field("Browser", browser::describe(agent.unwrap_or_default())),
        ],
        hidden: HiddenDetails::from([
            ("action_id".to_owned(), sign_ins::make_token()),
            ("ip".to_owned(), ip.to_string()),
        ]),
    }
}

/// A challenge that was created.
struct Asked {
    sid: ChallengeSid,
    factor_sid: FactorSid,
    expires_at: Timestamp,
    life: SignedDuration,
}

async fn ask(
    api: &Api,
    person: &Person,
    question: &Question,
    factor_sid: FactorSid,
) -> Result<Asked, CallError> {
    #[derive(Deserialize)]
    struct Created {
        sid: ChallengeSid,
        #[serde(with = "date::serde_iso")]
        date_created: Timestamp,
        #[serde(with = "date::serde_iso")]
        expiration_date: Timestamp,
    }
    let body = CreateChallenge {
        factor_sid: factor_sid.clone(),
        expiration_date: None,
        message: Some(question.message.clone()),
        fields: question.fields.clone(),
        hidden_details: Some(question.hidden.clone()),
        code: None,
    };
    let created = api.create_challenge(&person.identity, &body).await?;
    let created: Created =
        serde_json::from_value(created).map_err(|_| CallError::Unreadable("not a challenge"))?;
    // Both dates are the API's, so that neither clock has to be right.
    let life = created.expiration_date.duration_since(created.date_created);
    Ok(Asked {
        sid: created.sid,
        factor_sid,
        expires_at: created.expiration_date,
        life: life.clamp(SignedDuration::ZERO, CreateChallenge::MAX_LIFE),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn a_person_without_a_verified_computer_cannot_be_asked() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "unverified");
        for body in [json!({ "name": "ada" }), json!({ "name": "nobody" })] {
            let answer = stage.post("/sign-in", &body).await;
            assert_eq!(
                (answer.status, &answer.json["error"]["code"]),
                (409, &json!("not_enrolled"))
            );
        }
        assert_eq!(stage.double.challenges_created(), 0);
    }

    #[tokio::test]
    async fn the_question_says_where_when_and_with_which_browser() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        let firefox = (
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        );
        let headers = [
            ("host", "127.0.0.1"),
            firefox,
            ("content-type", "application/json"),
        ];
        let answer = stage
            .send("POST", "/sign-in", &headers, r#"{"name":"ada"}"#)
            .await;
        assert_eq!(answer.json["message"], "Are you signing in to Acme?");
        let fields = json!([
            { "label": "Where", "value": "127.0.0.1 (the computer that Acme runs on)" },
            { "label": "When", "value": "20 November 2026, 08:00 UTC" },
            { "label": "Browser", "value": "Firefox 140 on Linux" },
        ]);
        assert_eq!(
            (&answer.json["fields"], &answer.json["seconds"]),
            (&fields, &json!(300))
        );
        let hidden = stage.double.last_form_value("HiddenDetails");
        let hidden: serde_json::Value = serde_json::from_str(&hidden).unwrap();
        assert_eq!(hidden["ip"], "127.0.0.1");
        assert_eq!(hidden["action_id"].as_str().map(str::len), Some(32));
    }

    #[tokio::test]
    async fn who_begins_to_sign_in_does_not_write_the_question() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        let body = json!({ "name": "ada", "message": "Your bank: confirm the refund of 500 EUR" });
        let answer = stage.post("/sign-in", &body).await;
        assert_eq!(answer.json["message"], super::QUESTION);
        assert_eq!(stage.double.last_form_value("Details.Message"), super::QUESTION);
    }

    #[tokio::test]
    async fn one_address_begins_thirty_sign_ins_a_minute_and_the_api_hears_of_no_more() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        let body = json!({ "name": "ada" });
        for _ in 0..30 {
            assert_eq!(stage.post("/sign-in", &body).await.status, 200);
        }
        let answer = stage.post("/sign-in", &body).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (429, &json!("too_many"))
        );
        assert_eq!(stage.double.challenges_created(), 30);
    }

    #[tokio::test]
    async fn two_computers_are_asked_the_same_under_one_action() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        stage.double.add_factor(&hash("ada"), "verified");
        stage.double.add_factor(&hash("ada"), "unverified");
        let answer = stage.post("/sign-in", &json!({ "name": "ada" })).await;
        assert_eq!(answer.json["challenge_sids"].as_array().map(Vec::len), Some(2));
        assert_eq!(answer.json["challenge_sid"], answer.json["challenge_sids"][0]);
        let [one, other] = stage.double.hidden_details_created().try_into().unwrap();
        assert_eq!(one, other);
    }

    #[tokio::test]
    async fn a_challenge_that_cannot_be_read_begins_nothing() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        stage.double.damage_challenges("date_created", json!("soon"));
        let answer = stage.post("/sign-in", &json!({ "name": "ada" })).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (502, &json!("unreadable"))
        );
        assert!(answer.headers.get("set-cookie").is_none());
    }
}
