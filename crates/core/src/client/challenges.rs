//! Reading challenges (section 5).

use countersign_protocol::{
    form::Form,
    json::Members,
    page::PageMeta,
    resources::challenge::{ChallengeFilter, ChallengeStatus, DeviceChallenge, HiddenDetails, Order},
    sid::{ChallengeSid, FactorSid},
};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::value::RawValue;

use super::{ClientError, http::Reply};
use crate::{
    device::{Device, challenge_path},
    factor::Factor,
    request::{FetchedChallenge, Field, Malformed},
};

/// A challenge, as the library hands it over (section 8.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Challenge {
    /// Its SID.
    pub sid: ChallengeSid,
    /// The factor that is asked.
    pub factor_sid: FactorSid,
    /// What is asked.
    pub message: String,
    /// Further details, in order.
    pub fields: Vec<Field>,
    /// The date in the details, if the service includes one.
    pub date: Option<Timestamp>,
    /// What is not to be shown.
    pub hidden_details: Option<HiddenDetails>,
    /// Where it stands.
    pub status: ChallengeStatus,
    /// When it was created, by the server's clock.
    pub created_at: Timestamp,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// When it expires, by the server's clock.
    pub expiration_date: Timestamp,
}

/// Which challenges to list (section 8.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeListPayload {
    /// Whose.
    pub factor_sid: FactorSid,
    /// How many at most, 1 to 1000.
    pub page_size: u32,
    /// Only those that stand so.
    pub status: Option<ChallengeStatus>,
    /// In which order; the API's default is oldest first.
    pub order: Order,
    /// Where to begin: a token out of an earlier page's metadata.
    pub page_token: Option<String>,
}

/// A page of challenges (section 8.2). They are for display: an answer fetches its challenge anew.
#[derive(Debug, Clone, PartialEq)]
pub struct ChallengeList {
    /// The challenges.
    pub challenges: Vec<Challenge>,
    /// Where the page stands.
    pub metadata: ListMetadata,
}

/// Where a page stands among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMetadata {
    /// Number of the page, from 0.
    pub page: u32,
    /// How many items a page has at most.
    pub page_size: u32,
    /// Token of the page before.
    pub previous_page_token: Option<String>,
    /// Token of the next page.
    pub next_page_token: Option<String>,
}

/// A page as it was fetched.
pub(crate) struct Page {
    pub(crate) challenges: Vec<FetchedChallenge>,
    pub(crate) metadata: ListMetadata,
    /// By which the server can be asked for another list than this.
    pub(crate) tag: Option<String>,
}

/// What a server said when it was asked for another list than the known one.
pub(crate) struct News {
    /// The list, if it is another.
    pub(crate) page: Option<Page>,
    /// Whether it was held until there was news: if not, the next request has to wait for its time here.
    pub(crate) held: bool,
}

/// Fetches one challenge with the list of fields to sign.
pub(crate) async fn fetch_challenge(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
) -> Result<FetchedChallenge, ClientError> {
    let reply = device
        .ask_for(factor, Method::GET, &challenge_path(sid), None)
        .await?;
    let fetched = FetchedChallenge::parse(&reply.body, reply.signature_fields.as_deref())?;
    if fetched.read.sid != *sid {
        return Err(Malformed {
            what: "it is another challenge than was asked for",
        }
        .into());
    }
    if fetched.read.factor_sid != factor.sid {
        return Err(ClientError::WrongFactor);
    }
    Ok(fetched)
}

/// Fetches a page of challenges. An item that cannot be read is left out, so that it does not hide the others.
pub(crate) async fn fetch_page(
    device: &Device,
    factor: &Factor,
    payload: &ChallengeListPayload,
) -> Result<Page, ClientError> {
    let query = to_query(payload)?;
    let reply = device
        .ask_for(factor, Method::GET, "/Challenges", Some(&query))
        .await?;
    Ok(read_page(&reply, payload.page_size)?)
}

/// Asks for the page to be held back until it is not the one that `known` names (E3).
pub(crate) async fn fetch_news(
    device: &Device,
    factor: &Factor,
    payload: &ChallengeListPayload,
    known: &str,
) -> Result<News, ClientError> {
    let query = to_query(payload)?;
    let reply = device.ask_for_news(factor, "/Challenges", &query, known).await?;
    Ok(News {
        page: (reply.status != 304)
            .then(|| read_page(&reply, payload.page_size))
            .transpose()?,
        held: reply.held,
    })
}

fn to_query(payload: &ChallengeListPayload) -> Result<Form, ClientError> {
    if !(1..=1000).contains(&payload.page_size) {
        return Err(ClientError::Input {
            what: "the page size",
        });
    }
    let mut query = Form::default();
    query.push("PageSize", payload.page_size.to_string());
    let filter = ChallengeFilter {
        factor_sid: Some(payload.factor_sid.clone()),
        status: payload.status,
        order: payload.order,
    };
    filter.push_to(&mut query);
    query.push_some("PageToken", payload.page_token.as_deref());
    Ok(query)
}

/// Reads a page of at most so many items; what a server lists beyond is not looked at.
fn read_page(reply: &Reply, page_size: u32) -> Result<Page, Malformed> {
    let what = "it is not a list of challenges";
    let members = Members::parse(&reply.body).map_err(|_| Malformed { what })?;
    let member = |name| members.get(name).ok_or(Malformed { what }).map(RawValue::get);
    let items: Vec<&RawValue> =
        serde_json::from_str(member("challenges")?).map_err(|_| Malformed { what })?;
    let meta: PageMeta = serde_json::from_str(member("meta")?).map_err(|_| Malformed { what })?;
    let read = |item: &&RawValue| {
        FetchedChallenge::parse(item.get().as_bytes(), None)
            .inspect_err(|error| tracing::warn!(%error, "a listed challenge was left out"))
            .ok()
    };
    let token = |url: &Option<String>| url.as_deref().and_then(PageMeta::token_of);
    Ok(Page {
        challenges: items
            .iter()
            .take(page_size.try_into().unwrap_or(usize::MAX))
            .filter_map(read)
            .collect(),
        metadata: ListMetadata {
            page: meta.page,
            page_size: meta.page_size,
            previous_page_token: token(&meta.previous_page_url),
            next_page_token: token(&meta.next_page_url),
        },
        tag: reply.tag.clone(),
    })
}

impl From<FetchedChallenge> for Challenge {
    fn from(fetched: FetchedChallenge) -> Self {
        let DeviceChallenge {
            sid,
            factor_sid,
            status,
            details,
            hidden_details,
            date_created,
            date_updated,
            expiration_date,
            ..
        } = fetched.read;
        Self {
            sid,
            factor_sid,
            message: details.message,
            fields: details.fields,
            date: details.date,
            hidden_details,
            status,
            created_at: date_created,
            updated_at: date_updated,
            expiration_date,
        }
    }
}
