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
    error::ErrorCode,
    form::Form,
    identity::Identity,
    json,
    matching::MatchNumber,
    resources::challenge::{Challenge, ChallengeFilter, ChallengeLinks, ChallengeList, ChallengeStatus},
    sid::{AccountSid, ChallengeSid, EntitySid, ServiceSid},
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    answer::{Answer, Refusal},
    app::{App, SharedApp, Urls},
    caller::{ChallengeCaller, unknown_device},
    paging::Listing,
    request::{At, Query},
    server_key::{Purpose, ServerKey},
    store::{
        Page, Position,
        challenges::{self, ChallengeState},
        factors::Factor,
    },
    waiting::{Hold, Tag, Wish},
};

pub(super) mod answer;
pub(crate) mod create;
pub(super) mod report;

/// The challenge in the path.
#[derive(Deserialize)]
pub(super) struct ChallengePath {
    pub(super) challenge: ChallengeSid,
}

/// `GET …/Challenges`: a device sees its own only, and may wait until what is pending for it has changed.
pub(super) async fn list(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    Query(query): Query,
    wish: Wish,
) -> Answer<Response> {
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
    let mut held = None;
    if let Some(device) = &device {
        if *filter.factor_sid.get_or_insert_with(|| device.sid.clone()) != device.sid {
            return Err(Refusal::NotFound);
        }
        if filter.status == Some(ChallengeStatus::Pending) && listing.position == Position::Start {
            held = Some(hold_list(&app, wish, device, &listing.url()).await?);
        }
    }
    if let Some(Held { hold, tag, .. }) = held.take_if(|held| held.hold.knows(&held.tag)) {
        return Ok(hold.answer(&tag, None));
    }
    let now = app.now();
    let page = if held.as_ref().is_some_and(|held| held.is_empty) {
        Page::empty()
    } else {
        let entity = match device {
            Some(device) => device.entity_sid,
            None => load_entity(&app, &account, &service, &identity).await?,
        };
        app.store
            .list_challenges(&entity, &filter, listing.position, listing.size, now)
            .await?
    };
    let meta = listing.meta("challenges", &page);
    let challenges = page
        .items
        .into_iter()
        .map(|challenge| shape(challenge, now, &app.urls))
        .collect();
    let response = Json(ChallengeList { challenges, meta }).into_response();
    Ok(match held {
        Some(Held { hold, tag, .. }) => hold.answer(&tag, Some(response)),
        None => response,
    })
}

/// The entity of the backend's service that the path names.
pub(crate) async fn load_entity(
    app: &App,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
) -> Answer<EntitySid> {
    let entity = app.store.load_entity(account, service, identity).await?;
    Ok(entity.ok_or(Refusal::NotFound)?.sid)
}

/// A device's list that was held until it had changed.
struct Held {
    hold: Hold,
    /// Names what is pending.
    tag: Tag,
    /// Whether nothing is.
    is_empty: bool,
}

/// Holds a request while the whole of what is pending for the device is what it knows. The tag is made before the
/// page is loaded: of a change in between the device is told twice, and never not at all.
async fn hold_list(app: &App, wish: Wish, device: &Factor, url: &str) -> Answer<Held> {
    let watch = app.store.watch(&device.service_sid, &device.identity);
    let mut hold = Hold::begin(app, wish, device.sid.as_str(), watch);
    loop {
        let pending = app.store.load_pending(&device.sid, app.now()).await?;
        let pending = pending.ok_or_else(unknown_device)?;
        let tag = Tag::of([url.as_bytes(), pending.names.as_bytes()]);
        if !hold.again(app, &tag, pending.ends).await {
            return Ok(Held {
                hold,
                tag,
                is_empty: pending.names.is_empty(),
            });
        }
    }
}

/// `GET …/Challenges/{YC}`: names the fields that an answer has to sign, which no other answer does. The backend
/// may wait until the challenge has changed.
pub(super) async fn fetch(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    At(ChallengePath { challenge }): At<ChallengePath>,
    wish: Wish,
) -> Answer<Response> {
    if caller.device.is_none() {
        return hold_challenge(&app, wish, &caller, &challenge).await;
    }
    let challenge = caller.load(&app, &challenge).await?;
    with_fields(shape(challenge, app.now(), &app.urls))
}

/// Holds a request of the backend while the challenge is as it knows it.
async fn hold_challenge(
    app: &App,
    wish: Wish,
    caller: &ChallengeCaller,
    challenge: &ChallengeSid,
) -> Answer<Response> {
    let watch = app.store.watch(&caller.service, &caller.identity);
    let mut hold = Hold::begin(app, wish, challenge.as_str(), watch);
    loop {
        let challenge = caller.load(app, challenge).await?;
        let challenge = shape(challenge, app.now(), &app.urls);
        let tag = Tag::of([json::raw(&challenge).get().as_bytes()]);
        let pending = challenge.status == ChallengeStatus::Pending;
        let ends = pending.then_some(challenge.expiration_date);
        if !hold.again(app, &tag, ends).await {
            let changed = !hold.knows(&tag);
            let response = changed.then(|| with_fields(challenge)).transpose()?;
            return Ok(hold.answer(&tag, response));
        }
    }
}

fn with_fields(challenge: Challenge) -> Answer<Response> {
    let mut response = Json(challenge).into_response();
    let name =
        HeaderName::from_bytes(FIELDS_HEADER.as_bytes()).map_err(|error| Refusal::Failed(error.into()))?;
    let fields = HeaderValue::try_from(SignatureFields::of_our_server().to_string());
    response
        .headers_mut()
        .insert(name, fields.map_err(|error| Refusal::Failed(error.into()))?);
    Ok(response)
}

/// The number that has to be typed to approve a challenge, if it asks for one (E5). It is for comparing, and for the
/// account that asked.
pub(crate) fn unseal_number(
    key: &ServerKey,
    challenge: &challenges::Challenge,
) -> Answer<Option<MatchNumber>> {
    let Some(sealed) = &challenge.number_sealed else {
        return Ok(None);
    };
    let opened = key.open(Purpose::MatchNumber(challenge.sid.as_str()), sealed);
    let text = opened.as_deref().and_then(|text| std::str::from_utf8(text).ok());
    let number = text.and_then(|text| text.parse().ok());
    let number =
        number.ok_or_else(|| Refusal::Failed("the number of a challenge cannot be unsealed".into()))?;
    Ok(Some(number))
}

/// The refusal of what asks for a number, after too many wrong ones (E5).
fn numbers_are_locked(seconds: i64) -> Refusal {
    let message = "Too many wrong numbers were typed for this factor in a day; nothing that asks for one is approved meanwhile";
    Refusal::later(seconds, ErrorCode::MatchingLocked, message)
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
        factor_type: challenge.factor_type,
        url,
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::challenge_response::Decision;
    use serde_json::Value;

    use crate::tests::World;

    #[tokio::test]
    async fn only_the_fetch_of_one_challenge_names_the_fields_to_sign() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let name = "twilio-verify-signature-fields";
        assert_eq!(
            challenge.headers[name],
            "sid,account_sid,service_sid,entity_sid,identity,factor_sid,date_created,expiration_date,details,hidden_details,status"
        );
        let list = world
            .send("GET", &world.at("/Challenges"), &phone.auth(world.now()), "")
            .await;
        assert!(!list.headers.contains_key(name));
        assert_eq!(list.expect(200)["challenges"][0], challenge.json());
        let answered = world.answer(&phone, &challenge, Decision::Approved).await;
        assert!(!answered.headers.contains_key(name));
    }

    #[tokio::test]
    async fn filters_order_and_paging_go_together() {
        let world = World::new().await;
        let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
        let mut sids = Vec::new();
        for number in 0..6 {
            let device = if number == 2 { &laptop } else { &phone };
            let challenge = world.challenge(device).await;
            if number == 4 {
                world
                    .answer(&phone, &challenge, Decision::Denied)
                    .await
                    .expect(200);
            }
            sids.push(challenge.json()["sid"].as_str().unwrap().to_owned());
        }
        let query = format!("?FactorSid={}&Status=pending&Order=desc&PageSize=2", phone.sid());
        let page = world
            .get(&world.at(&format!("/Challenges{query}")))
            .await
            .expect(200);
        let of = |page: &Value| -> Vec<String> {
            let challenges = page["challenges"].as_array().unwrap().iter();
            challenges
                .map(|challenge| challenge["sid"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(of(&page), [sids[5].clone(), sids[3].clone()]);
        let next = page["meta"]["next_page_url"].as_str().unwrap();
        for part in [
            "FactorSid=YF",
            "Status=pending",
            "Order=desc",
            "PageSize=2",
            "PageToken=",
        ] {
            assert!(next.contains(part), "{next}");
        }
        let page = world
            .get(next.strip_prefix("https://verify.example.com").unwrap())
            .await
            .expect(200);
        assert_eq!(of(&page), [sids[1].clone(), sids[0].clone()]);
        assert_eq!(page["meta"]["next_page_url"], Value::Null);
        let back = page["meta"]["previous_page_url"].as_str().unwrap();
        let page = world
            .get(back.strip_prefix("https://verify.example.com").unwrap())
            .await
            .expect(200);
        assert_eq!(of(&page), [sids[5].clone(), sids[3].clone()]);
        let all = world.get(&world.at("/Challenges")).await.expect(200);
        assert_eq!(of(&all), sids);
        for query in [
            "Status=open",
            "Order=up",
            "FactorSid=YF1",
            "Status=pending&Status=denied",
        ] {
            let reply = world.get(&world.at(&format!("/Challenges?{query}"))).await;
            assert_eq!(reply.status, 400, "{query}");
        }
    }

    #[tokio::test]
    async fn a_challenge_expires_by_itself_everywhere_at_once() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
        let count = async |status: &str| {
            let path = world.at(&format!("/Challenges?FactorSid={}&Status={status}", phone.sid()));
            world.get(&path).await.expect(200)["challenges"]
                .as_array()
                .unwrap()
                .len()
        };
        world.advance(299);
        assert_eq!(world.fetch(&phone, &sid).await.json()["status"], "pending");
        assert_eq!((count("pending").await, count("expired").await), (1, 0));
        world.advance(1);
        let expired = world.fetch(&phone, &sid).await.json();
        assert_eq!(expired["status"], "expired");
        assert_eq!(expired["date_responded"], Value::Null);
        assert_eq!((count("pending").await, count("expired").await), (0, 1));
        let late = world.answer(&phone, &challenge, Decision::Approved).await;
        assert_eq!(late.refusal(), (403, 60323));
    }
}
