//! `/console/services/{VA}/code`: programs to copy, filled in with this server's addresses. The auth token is read from
//! the environment and stands on no page, and on no command line either, which other users of the machine can read.

use axum::extract::State;
use countersign_protocol::{identity::Identity, sid::ServiceSid};
use maud::{Markup, html};

use super::{
    action::Query,
    identities,
    page::{self, Page},
    paths,
    services::{self, Tab},
    session::{Session, Stop},
};
use crate::{app::SharedApp, request::At};

/// Whom the programs are about where nobody was chosen.
const SOMEBODY: &str = "user-0001";
const NO_FACTOR: &str = "YFxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// One thing to do, in three languages.
struct Snippet {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    programs: [(&'static str, &'static str); 3],
}

const SNIPPETS: [Snippet; 3] = [
    Snippet {
        id: "token",
        title: "Issue an access token",
        about: "The permission to enrol one device, good for 60 seconds unless you ask for up to 300. Put it into an \
                enrolment link.",
        programs: [
            ("curl", include_str!("snippets/token.sh")),
            ("Node", include_str!("snippets/token.mjs")),
            ("Python", include_str!("snippets/token.py")),
        ],
    },
    Snippet {
        id: "create",
        title: "Create a challenge",
        about: "Asks one device. Keep the SID that it prints: with it you learn the answer.",
        programs: [
            ("curl", include_str!("snippets/create.sh")),
            ("Node", include_str!("snippets/create.mjs")),
            ("Python", include_str!("snippets/create.py")),
        ],
    },
    Snippet {
        id: "check",
        title: "Check a challenge",
        about: "Prints pending, approved, denied or expired. Let in whoever is approved, and nobody else.",
        programs: [
            ("curl", include_str!("snippets/check.sh")),
            ("Node", include_str!("snippets/check.mjs")),
            ("Python", include_str!("snippets/check.py")),
        ],
    },
];

pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
) -> Result<Markup, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let identity: Option<Identity> = query
        .one("identity")
        .ok()
        .flatten()
        .and_then(|text| text.parse().ok());
    let factors = match &identity {
        Some(identity) => identities::load_factors(&app, &session, &sid, identity)
            .await?
            .unwrap_or_default(),
        None => Vec::new(),
    };
    let factor = factors
        .iter()
        .find(|factor| factor.verified)
        .map(|factor| factor.sid.as_str());
    let url = app.urls.service(&sid);
    let fill = |program: &str| {
        let filled = program
            .replace("{service_url}", &url)
            .replace("{account}", session.account.as_str());
        let filled = filled.replace("{identity}", identity.as_ref().map_or(SOMEBODY, Identity::as_str));
        filled.replace("{factor}", factor.unwrap_or(NO_FACTOR))
    };
    let body = html! {
        (services::heading(&service, Tab::Code))
        p {
            "Each program reads the auth token from " code { "COUNTERSIGN_AUTH_TOKEN" } ", and needs nothing but its language. "
            @if identity.is_none() {
                "Open this page from an identity to have it filled in."
            } @else if factor.is_none() {
                "No verified device is enrolled for this identity yet, so that the factor is made up."
            }
        }
        @for snippet in &SNIPPETS {
            section {
                h2 { (snippet.title) }
                p { (snippet.about) }
                @for (language, program) in &snippet.programs {
                    (program_box(snippet, language, &fill(program)))
                }
            }
        }
    };
    Ok(
        Page::new(&app, &session, format!("Code for {}", service.friendly_name))
            .below(&*service.friendly_name, paths::service(&sid))
            .show(&body),
    )
}

fn program_box(snippet: &Snippet, language: &str, program: &str) -> Markup {
    let id = format!("{}-{}", snippet.id, language.to_ascii_lowercase());
    html! {
        details.code open[language == "curl"] {
            summary { (language) span.visually-hidden { ": " (snippet.title) } }
            div.code-box {
                pre tabindex="0" { code id=(id) { (program.trim_end()) } }
                (page::copy_button(&id, &format!("the {language} program")))
            }
        }
    }
}
