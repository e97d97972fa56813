//! Challenges: in a list, and one with everything the server knows of it.

use axum::{extract::State, response::Response};
use countersign_protocol::{
    form::Form,
    identity::Identity,
    matching::{MatchNumber, TRIES},
    page::PageMeta,
    plain,
    report::Reason,
    resources::challenge::{ChallengeFilter, ChallengeStatus, Order},
    sid::{ChallengeSid, ServiceSid},
};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    action::Query,
    live::{self, Sight},
    page::{self, Page},
    paths,
    services::{self, Tab},
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::At,
    routes::challenges::{load_entity, unseal_number},
    store::{
        challenges::{Challenge, ChallengeState},
        factors::Factor,
        services::Service,
    },
    waiting::{Tag, Wish},
};

/// One page of the challenges of an identity, or of all identities of a service, newest first.
pub(super) struct Asked {
    here: String,
    /// Whether they are of several people.
    several: bool,
    status: Option<ChallengeStatus>,
    challenges: Vec<Challenge>,
    meta: PageMeta,
    now: Timestamp,
}

/// The page that a query asks for, with the status it asks for. Without an identity, those of all.
pub(super) async fn load(
    app: &App,
    session: &Session,
    service: &ServiceSid,
    identity: Option<&Identity>,
    query: &Form,
) -> Result<Asked, Refusal> {
    let mut filters = Form::default();
    filters.push_some(
        "Status",
        query
            .one("Status")
            .ok()
            .flatten()
            .filter(|status| !status.is_empty()),
    );
    let mut filter = ChallengeFilter::from_form(&filters)?;
    filter.order = Order::Desc;
    let here = identity.map_or_else(
        || paths::challenges(service),
        |identity| paths::identity(service, identity),
    );
    let listing = services::listing(app, here.clone(), query, filters)?;
    let (account, position, size, now) = (&session.account, listing.position, listing.size, app.now());
    let found = match identity {
        Some(identity) => {
            let entity = load_entity(app, account, service, identity).await?;
            let list = app.store.list_challenges(&entity, &filter, position, size, now);
            list.await?
        }
        None => {
            let list =
                app.store
                    .list_challenges_of_service(account, service, filter.status, position, size, now);
            list.await?.ok_or(Refusal::NotFound)?
        }
    };
    Ok(Asked {
        here,
        several: identity.is_none(),
        status: filter.status,
        meta: listing.meta("challenges", &found),
        challenges: found.items,
        now,
    })
}

impl Asked {
    /// Names everything that the list shows, but the time that is left.
    pub(super) fn tag_text(&self) -> String {
        let statuses: Vec<_> = self
            .challenges
            .iter()
            .map(|challenge| challenge.status(self.now))
            .collect();
        format!("{:?} {statuses:?} {:?}", self.challenges, self.status)
    }

    /// When the first of those that are pending expires.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        let pending = self
            .challenges
            .iter()
            .filter(|challenge| challenge.status(self.now) == ChallengeStatus::Pending);
        pending.map(|challenge| challenge.expires_at).min()
    }

    /// The list, with the choice of a status above it.
    pub(super) fn list(&self) -> Markup {
        let here = &self.here;
        let statuses = [
            ChallengeStatus::Pending,
            ChallengeStatus::Approved,
            ChallengeStatus::Denied,
            ChallengeStatus::Expired,
        ];
        let rows = html! { @for challenge in &self.challenges { (self.row(challenge)) } };
        let columns: &[&str] = if self.several {
            &["Challenge", "Identity", "Status", "Asked", "Answered"]
        } else {
            &["Challenge", "Status", "Asked", "Answered"]
        };
        html! {
            (page::choices("Which challenges", here, &statuses.map(ChallengeStatus::as_str), self.status.map(ChallengeStatus::as_str)))
            @if self.challenges.is_empty() {
                @match self.status {
                    None if self.several => (page::empty("Nobody has been asked yet.", &html! { "Enrol a device, and send it a test challenge." })),
                    None => (page::empty("Nothing has been asked yet.", &html! { "Send a test challenge to see how it looks." })),
                    Some(status) => (page::empty(&format!("No challenge is {}.", status.as_str()), &html! { a href=(here) { "Show all" } })),
                }
            } @else {
                (page::table("Challenges", columns, &rows))
                (page::pager(&self.meta))
            }
        }
    }

    fn row(&self, challenge: &Challenge) -> Markup {
        let (service, identity) = (&challenge.service_sid, &challenge.identity);
        // A code comes without a message.
        let message = match challenge.details.message.as_str() {
            "" => "A code",
            message => message,
        };
        html! {
            tr {
                th scope="row" {
                    a id=(challenge.sid) href=(paths::challenge(service, identity, &challenge.sid)) { bdi { (plain::line(message)) } }
                    br; code.small.muted { (challenge.sid) }
                }
                @if self.several { td { a href=(paths::identity(service, identity)) { (identity) } } }
                td { (page::status(challenge.status(self.now))) }
                td { (page::time(challenge.created_at)) }
                td {
                    @match challenge.state {
                        ChallengeState::Answered { at, .. } => (page::time(at)),
                        ChallengeState::Pending if challenge.expires_at > self.now => (page::time_left(challenge.expires_at, self.now)),
                        ChallengeState::Pending => span.muted { "Nobody did" },
                    }
                }
            }
        }
    }
}

/// `/console/services/{VA}/challenges`: all of them, live.
pub(super) async fn list(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let watch = app.store.watch_service(&sid);
    let key = format!("console {sid} challenges");
    live::answer(&app, wish, &key, watch, async || {
        let asked = load(&app, &session, &sid, None, &query).await?;
        let tag = Tag::of([asked.tag_text().as_bytes()]);
        let content = html! { (live::note()) (asked.list()) };
        let body = html! {
            (services::heading(&service, Tab::Challenges))
            (live::part(&tag, "The list has changed.", &content))
        };
        let title = format!("Challenges of {}", service.friendly_name);
        let page = Page::new(&app, &session, title)
            .below(&*service.friendly_name, paths::service(&sid))
            .show(&body);
        Ok(Sight {
            tag,
            ends: asked.ends(),
            page,
        })
    })
    .await
}

/// `…/challenges/{YC}`: live.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, identity, challenge)): At<(ServiceSid, Identity, ChallengeSid)>,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let watch = app.store.watch(&sid, &identity);
    let key = format!("console {challenge}");
    live::answer(&app, wish, &key, watch, || {
        look(&app, &session, &service, &identity, &challenge)
    })
    .await
}

async fn look(
    app: &App,
    session: &Session,
    service: &Service,
    identity: &Identity,
    sid: &ChallengeSid,
) -> Result<Sight, Stop> {
    let Session { account, .. } = session;
    let found = app
        .store
        .load_challenge(account, &service.sid, identity, sid)
        .await?;
    let challenge = found.ok_or(Refusal::NotFound)?;
    let factor = app
        .store
        .load_factor(account, &service.sid, identity, &challenge.factor_sid)
        .await?;
    let now = app.now();
    let status = challenge.status(now);
    let report = app.store.load_report(sid).await?;
    let wrong = app.store.count_wrong_numbers(sid).await?;
    let tag = Tag::of([format!("{challenge:?} {factor:?} {status:?} {report:?} {wrong}").as_bytes()]);
    // The console is a page of the issuer's: it shows the number that the person has to type.
    let number = unseal_number(&app.key, &challenge)?;
    let says = format!("The challenge is {}.", status.as_str());
    let content = html! {
        (live::note())
        (answer(&challenge, status, number.as_ref(), wrong, factor.as_ref(), now))
        (details(&challenge))
        (hidden(&challenge))
        (facts(&challenge, factor.as_ref(), report))
    };
    let body = html! {
        h1 { "Challenge" }
        p.under { (page::copyable("challenge-sid", "the challenge SID", challenge.sid.as_str())) }
        (live::part(&tag, &says, &content))
        div.tools {
            a.button href=(paths::test(&service.sid, identity)) { "Send another" }
            a.button.quiet href={ (paths::code(&service.sid)) "?identity=" (identity) } { "Code" }
        }
    };
    let page = Page::new(app, session, "Challenge")
        .below(&*service.friendly_name, paths::service(&service.sid))
        .below(identity.as_str(), paths::identity(&service.sid, identity))
        .show(&body);
    Ok(Sight {
        tag,
        ends: (status == ChallengeStatus::Pending).then_some(challenge.expires_at),
        page,
    })
}

/// What came of it, first and large.
fn answer(
    challenge: &Challenge,
    status: ChallengeStatus,
    number: Option<&MatchNumber>,
    wrong: usize,
    factor: Option<&Factor>,
    now: Timestamp,
) -> Markup {
    let device = factor.map_or_else(
        || "a device that was revoked since".to_owned(),
        |factor| plain::line(&factor.friendly_name),
    );
    html! {
        div.outcome.card {
            p { (page::status(status)) }
            @match (challenge.state, status) {
                (ChallengeState::Answered { at, .. }, _) => p { "by " strong { bdi { (device) } } ", " (page::time(at)) },
                (ChallengeState::Pending, ChallengeStatus::Expired) => p { "Nobody answered before " (page::time(challenge.expires_at)) "." },
                _ => p { "Waiting for " strong { bdi { (device) } } ", " (page::time_left(challenge.expires_at, now)) },
            }
            @if let Some(number) = number && status == ChallengeStatus::Pending {
                div.match {
                    p { "Type this number on the device:" }
                    p.digits { (spaced(number.expose())) }
                }
            }
            @if wrong > 0 {
                p { (wrong) @if wrong == 1 { " wrong number was typed" } @else { " wrong numbers were typed" } ", of " (TRIES) " that deny." }
            }
        }
    }
}

/// Six digits are read as twice three.
fn spaced(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join("\u{a0}")
}

fn details(challenge: &Challenge) -> Markup {
    let details = &challenge.details;
    html! {
        section {
            h2 { "What the person sees" }
            div.quote {
                @for line in plain::lines(&details.message) { p.message { bdi { (line) } } }
                @if !details.fields.is_empty() {
                    dl.facts {
                        @for field in &details.fields {
                            dt { bdi { (plain::line(&field.label)) } }
                            dd { bdi { (plain::line(&field.value)) } }
                        }
                    }
                }
            }
        }
    }
}

fn hidden(challenge: &Challenge) -> Markup {
    let Some(hidden) = challenge
        .hidden_details
        .as_ref()
        .filter(|hidden| !hidden.is_empty())
    else {
        return html! {};
    };
    html! {
        section {
            h2 { "Hidden details " span.tag { "Never shown to the person" } }
            div.quote.hidden-details {
                dl.facts {
                    @for (key, value) in hidden.iter() {
                        dt { code { (plain::line(key)) } }
                        dd { bdi { (plain::line(value)) } }
                    }
                }
            }
        }
    }
}

fn facts(challenge: &Challenge, factor: Option<&Factor>, report: Option<(Reason, Timestamp)>) -> Markup {
    html! {
        section {
            h2 { "Facts" }
            dl.facts {
                dt { "Factor" }
                dd {
                    @if let Some(factor) = factor { bdi { (plain::line(&factor.friendly_name)) } br; }
                    code { (challenge.factor_sid) }
                }
                @if let Some((reason, at)) = report {
                    dt { "Reported" }
                    dd {
                        @match reason {
                            Reason::NotMe => strong { "“It was not me”" },
                            Reason::Mistake => { "“I made it, and did not mean to”" }
                        }
                        ", " (page::time(at))
                    }
                }
                dt { "Asked" } dd { (page::time(challenge.created_at)) }
                dt { "Last changed" } dd { (page::time(challenge.updated_at)) }
                dt { "Expires" } dd { (page::time(challenge.expires_at)) }
                @if let Some(date) = challenge.details.date { dt { "Date in the details" } dd { (page::time(date)) } }
                @for (key, value) in challenge.metadata.iter().flatten() {
                    dt { "Noted by the device: " code { (plain::line(key)) } }
                    dd { bdi { (plain::line(value)) } }
                }
            }
        }
    }
}
