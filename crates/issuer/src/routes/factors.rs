//! `GET /factors`: the computers that a person has enrolled, for the page to show and to watch.

use axum::{Json, extract::State};
use countersign_protocol::sid::FactorSid;
use serde::Serialize;

use crate::{api::Device, parameters::Parameters, person::Person, refusal::Refusal, running::Acme};

#[derive(Serialize)]
pub(super) struct Answer {
    identity: String,
    factors: Vec<Factor>,
}

#[derive(Serialize)]
struct Factor {
    sid: FactorSid,
    friendly_name: String,
    status: String,
    date_created: String,
}

/// Takes `name` or `identity`; answers with the newest first.
pub(super) async fn factors(
    State(acme): State<Acme>,
    parameters: Parameters,
) -> Result<Json<Answer>, Refusal> {
    let person = Person::from_parameters(&parameters)?;
    let mut devices = acme.api().list_devices(&person.identity).await?;
    // Dates of the API's format sort as texts.
    devices.sort_by(|one, other| other.date_created.cmp(&one.date_created));
    let factor = |Device {
                      sid,
                      friendly_name,
                      status,
                      date_created,
                  }| Factor {
        sid,
        friendly_name,
        status,
        date_created,
    };
    Ok(Json(Answer {
        identity: person.identity.to_string(),
        factors: devices.into_iter().map(factor).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn somebody_unknown_has_none() {
        let stage = Stage::set().await;
        let answer = stage.get("/factors?name=nobody").await;
        assert_eq!((answer.status, &answer.json["factors"]), (200, &json!([])));
    }

    #[tokio::test]
    async fn a_computer_appears_as_soon_as_it_is_enrolled() {
        let stage = Stage::set().await;
        let sid = stage.double.add_factor(&hash("ada"), "unverified");
        let factor = stage.get("/factors?name=ada").await.json["factors"][0].clone();
        assert_eq!(
            (&factor["sid"], &factor["status"]),
            (&json!(sid), &json!("unverified"))
        );
        stage.double.verify_factor(&sid);
        assert_eq!(
            stage.get("/factors?name=ada").await.json["factors"][0]["status"],
            "verified"
        );
    }
}
