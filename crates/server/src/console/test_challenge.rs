//! `…/identities/{identity}/test`: a challenge by hand.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{
    date,
    form::Form,
    identity::Identity,
    json, matching, plain,
    resources::challenge::{CreateChallenge, Field, HiddenDetails},
    sid::ServiceSid,
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::{
    action::Action,
    identities,
    page::{self, Page},
    paths,
    services::{self, nothing_changed},
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    random,
    request::At,
    routes::challenges::create::ask,
    store::{factors::Factor, services::Service},
};

/// How many rows for fields the form has.
const FIELDS: [(&str, &str, &str); 3] = [
    ("Label1", "Value1", "Browser"),
    ("Label2", "Value2", "Place"),
    ("Label3", "Value3", "Amount"),
];

/// For how many minutes a test challenge may live.
const LIVES: [&str; 3] = ["1", "5", "15"];

pub(super) async fn form(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, identity)): At<(ServiceSid, Identity)>,
) -> Result<Markup, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let mut form = Form::default();
    form.push(
        "Details.Message",
        format!("Sign in to {}?", service.friendly_name),
    );
    form.push("Life", "5");
    show(&app, &session, &service, &identity, &form, None).await
}

pub(super) async fn send(
    State(app): State<SharedApp>,
    At((sid, identity)): At<(ServiceSid, Identity)>,
    Action { session, form }: Action,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let now = app.now();
    let asked = CreateChallenge::from_form(&parameters(&form, now), now).map_err(Refusal::from);
    let asked = match asked {
        Ok(asked) => ask(&app, &session.account, &sid, &identity, asked, now).await,
        Err(refusal) => Err(refusal),
    };
    match asked {
        Ok(challenge) => Ok(Redirect::to(&paths::challenge(&sid, &identity, &challenge.sid)).into_response()),
        Err(Refusal::Api(error) | Refusal::Later { error, .. }) => {
            let why = Some(nothing_changed(&error.message));
            let page = show(&app, &session, &service, &identity, &form, why).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// What the API calls the fields of the form.
fn parameters(form: &Form, now: Timestamp) -> Form {
    let given = |name| form.one(name).ok().flatten().unwrap_or_default();
    let mut parameters = Form::default();
    parameters.push("FactorSid", given("FactorSid"));
    parameters.push("Details.Message", given("Details.Message"));
    for (label, value, _) in FIELDS {
        let (label, value) = (given(label).trim().to_owned(), given(value).trim().to_owned());
        if !label.is_empty() || !value.is_empty() {
            parameters.push("Details.Fields", json::raw(&Field { label, value }).get());
        }
    }
    if given("Number") == "yes" {
        let hidden = HiddenDetails::from([(matching::KEY.to_owned(), make_number())]);
        parameters.push("HiddenDetails", json::raw(&hidden).get());
    }
    let life = LIVES
        .iter()
        .find(|life| **life == given("Life"))
        .and_then(|life| life.parse().ok());
    let ends = now + SignedDuration::from_mins(life.unwrap_or(5));
    parameters.push("ExpirationDate", date::format(ends));
    parameters
}

/// Six digits.
fn make_number() -> String {
    format!("{:06}", u64::from_be_bytes(random::make_bytes()) % 1_000_000)
}

async fn show(
    app: &App,
    session: &Session,
    service: &Service,
    identity: &Identity,
    form: &Form,
    trouble: Option<String>,
) -> Result<Markup, Stop> {
    let sid = &service.sid;
    let factors = identities::load_factors(app, session, sid, identity)
        .await?
        .ok_or(Refusal::NotFound)?;
    let devices = factors.iter().filter(|factor| factor.is_verified_device());
    let verified: Vec<_> = devices.collect();
    let body = html! {
        h1 { "Send a test challenge" }
        p.muted { "To " strong { (identity) } ". It is a real one, as your product would send it." }
        @if verified.is_empty() {
            (page::empty("No verified device is enrolled.", &html! {
                a href={ (paths::enrol(sid)) "?identity=" (identity) } { "Issue an enrolment link" } " first."
            }))
        } @else {
            form.card.stack method="post" {
                (page::form_token(session))
                (fields(form, &verified))
                div.tools {
                    button.primary { "Send" }
                    a.button.quiet href=(paths::identity(sid, identity)) { "Cancel" }
                }
            }
        }
    };
    Ok(Page::new(app, session, "Send a test challenge")
        .below(&*service.friendly_name, paths::service(sid))
        .below(identity.as_str(), paths::identity(sid, identity))
        .because(trouble)
        .show(&body))
}

fn fields(form: &Form, factors: &[&Factor]) -> Markup {
    let given = |name| form.one(name).ok().flatten().unwrap_or_default();
    html! {
        label for="factor" { "Device" }
        select id="factor" name="FactorSid" {
            @for factor in factors {
                option value=(factor.sid) selected[factor.sid.as_str() == given("FactorSid")] {
                    (plain::line(&factor.friendly_name)) " · " (factor.sid.as_str().get(..10).unwrap_or_default()) "…"
                }
            }
        }
        label for="message" { "Message" }
        input id="message" name="Details.Message" value=(given("Details.Message")) required maxlength="256" autocomplete="off";
        fieldset {
            legend { "Fields" span.muted { " (optional)" } }
            div.pairs {
                @for (row, (label, value, example)) in FIELDS.iter().enumerate() {
                    input name=(label) value=(given(label)) maxlength="36" aria-label={ "Label " (row + 1) } placeholder=(example) autocomplete="off";
                    input name=(value) value=(given(value)) maxlength="128" aria-label={ "Value " (row + 1) } autocomplete="off";
                }
            }
        }
        div.tick {
            input id="number" name="Number" type="checkbox" value="yes" checked[given("Number") == "yes"] aria-describedby="number-hint";
            label for="number" { "With a number" }
        }
        p.hint id="number-hint" { "You see six digits on the next page, and the person has to type them before approving." }
        label for="life" { "Time to answer" }
        select id="life" name="Life" {
            @for life in LIVES {
                option value=(life) selected[life == given("Life")] { (life) @if life == "1" { " minute" } @else { " minutes" } }
            }
        }
    }
}
