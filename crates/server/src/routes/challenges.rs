//! `/v2/Services/{VA}/Entities/{identity}/Challenges`: questions to factors (sections 5 and 9.5 of the Verify Push
//! protocol notes).

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use countersign_protocol::{
    challenge_response::{FIELDS_HEADER, SignatureFields},
    form::Form,
    resources::challenge::{Challenge, ChallengeFilter, ChallengeLinks, ChallengeList},
    sid::ChallengeSid,
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    answer::{Answer, Refusal},
    app::{SharedApp, Urls},
    caller::ChallengeCaller,
    paging::Listing,
    request::{At, Query},
    store::challenges::{self, ChallengeState},
};

pub(super) mod answer;
pub(super) mod create;

/// The challenge in the path.
#[derive(Deserialize)]
pub(super) struct ChallengePath {
    pub(super) challenge: ChallengeSid,
}

/// `GET …/Challenges`: a device sees its own only.
pub(super) async fn list(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    Query(query): Query,
) -> Answer<Json<ChallengeList>> {
    let ChallengeCaller {
        account,
        service,
        identity,
        device,
    } = caller;
    let mut filter = ChallengeFilter::from_form(&query)?;
    let mut filters = Form::default();
    filter.push_to(&mut filters);
    let listing = Listing::read(
        &app.key,
        app.urls.challenges(&service, &identity),
        &query,
        filters,
    )?;
    if let Some(device) = device
        && *filter.factor_sid.get_or_insert_with(|| device.sid.clone()) != device.sid
    {
        return Err(Refusal::NotFound);
    }
    let now = app.now();
    let page = app
        .store
        .list_challenges(
            &account,
            &service,
            &identity,
            &filter,
            listing.position,
            listing.size,
            now,
        )
        .await?
        .ok_or(Refusal::NotFound)?;
    let meta = listing.meta("challenges", &page);
    let challenges = page
        .items
        .into_iter()
        .map(|challenge| shape(challenge, now, &app.urls))
        .collect();
    Ok(Json(ChallengeList { challenges, meta }))
}

/// `GET …/Challenges/{YC}`: names the fields that an answer has to sign, which no other answer does.
pub(super) async fn fetch(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    At(ChallengePath { challenge }): At<ChallengePath>,
) -> Answer<Response> {
    let challenge = caller.load(&app, &challenge).await?;
    let mut response = Json(shape(challenge, app.now(), &app.urls)).into_response();
    let name =
        HeaderName::from_bytes(FIELDS_HEADER.as_bytes()).map_err(|error| Refusal::Failed(error.into()))?;
    let fields = HeaderValue::try_from(SignatureFields::of_our_server().to_string());
    response
        .headers_mut()
        .insert(name, fields.map_err(|error| Refusal::Failed(error.into()))?);
    Ok(response)
}

fn shape(challenge: challenges::Challenge, now: Timestamp, urls: &Urls) -> Challenge {
    let url = urls.challenge(&challenge.service_sid, &challenge.identity, &challenge.sid);
    Challenge {
        links: ChallengeLinks {
            notifications: format!("{url}/Notifications"),
        },
        status: challenge.status(now),
        sid: challenge.sid,
        account_sid: challenge.account_sid,
        service_sid: challenge.service_sid,
        entity_sid: challenge.entity_sid,
        identity: challenge.identity,
        factor_sid: challenge.factor_sid,
        date_created: challenge.created_at,
        date_updated: challenge.updated_at,
        date_responded: match challenge.state {
            ChallengeState::Pending => None,
            ChallengeState::Answered { at, .. } => Some(at),
        },
        expiration_date: challenge.expires_at,
        responded_reason: "none".to_owned(),
        details: challenge.details,
        hidden_details: challenge.hidden_details,
        metadata: challenge.metadata,
        factor_type: "push".to_owned(),
        url,
    }
}
