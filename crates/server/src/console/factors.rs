//! Devices and authenticators: in a list, and one with the question whether to revoke it.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{
    identity::Identity,
    plain,
    sid::{FactorSid, ServiceSid},
};
use maud::{Markup, html};

use super::{
    action::Action,
    page::{self, Page},
    paths, services,
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::SharedApp,
    request::At,
    store::factors::{Factor, Proof},
};

/// All factors of an identity.
pub(super) fn list(service: &ServiceSid, identity: &Identity, factors: &[Factor]) -> Markup {
    let rows = html! {
        @for factor in factors {
            @let name = plain::line(&factor.friendly_name);
            tr {
                th scope="row" {
                    bdi { (name) } br;
                    @if !is_device(factor) { span.small.muted { "Authenticator with codes" } br; }
                    code.small.muted { (factor.sid) }
                }
                td { (status(factor)) }
                td { (page::time(factor.created_at)) }
                td.actions {
                    a id={ "revoke-" (factor.sid) } href=(paths::factor(service, identity, &factor.sid)) {
                        "Revoke…" span.visually-hidden { " " (name) }
                    }
                }
            }
        }
    };
    if factors.is_empty() {
        return page::empty(
            "No device is enrolled.",
            &html! {
                a href={ (paths::enrol(service)) "?identity=" (identity) } { "Issue an enrolment link" } " and open it on a device."
            },
        );
    }
    page::table("Factors", &["Factor", "Status", "Enrolled", ""], &rows)
}

/// Whether it has proved that it holds its key or secret.
pub(super) fn status(factor: &Factor) -> Markup {
    if factor.verified {
        page::chip("good", "Verified")
    } else {
        page::chip("open", "Unverified")
    }
}

/// Whether it is a device, and not an authenticator.
fn is_device(factor: &Factor) -> bool {
    matches!(factor.proof, Proof::Push(_))
}

/// `…/factors/{YF}`: what it is, and what revoking it would do.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, identity, factor)): At<(ServiceSid, Identity, FactorSid)>,
) -> Result<Markup, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let factor = app
        .store
        .load_factor(&session.account, &sid, &identity, &factor)
        .await?;
    let factor = factor.ok_or(Refusal::NotFound)?;
    let name = plain::line(&factor.friendly_name);
    let body = html! {
        h1 { "Revoke " bdi { (name) } "?" }
        dl.facts {
            dt { "Factor" } dd { code { (factor.sid) } }
            dt { "Status" } dd { (status(&factor)) }
            dt { "Enrolled" } dd { (page::time(factor.created_at)) }
            @if let Proof::Push(push) = &factor.proof && let Some(app_id) = &push.config.app_id {
                dt { "App" } dd { bdi { (plain::line(app_id)) } }
            }
        }
        section.card.stack {
            h2 { "What happens" }
            @if is_device(&factor) {
                p {
                    "The device can neither read nor answer challenges from the moment you press the button, and what is "
                    "pending for it goes unanswered. What it has answered before stays. This cannot be undone: to use the "
                    "device again, enrol it again."
                }
            } @else {
                p {
                    "The codes of this authenticator are refused from the moment you press the button. What they have "
                    "approved before stays. This cannot be undone: to use an authenticator again, your product makes a "
                    "new factor for it."
                }
            }
            form.tools method="post" {
                (page::form_token(&session))
                a.button href=(paths::identity(&sid, &identity)) { "Keep it" }
                button.danger { "Revoke" }
            }
        }
    };
    Ok(Page::new(&app, &session, format!("Revoke {name}"))
        .below(&*service.friendly_name, paths::service(&sid))
        .below(identity.as_str(), paths::identity(&sid, &identity))
        .show(&body))
}

pub(super) async fn revoke(
    State(app): State<SharedApp>,
    At((sid, identity, factor)): At<(ServiceSid, Identity, FactorSid)>,
    Action { session, .. }: Action,
) -> Result<Response, Stop> {
    let revoked = app
        .store
        .delete_factor(&session.account, &sid, &identity, &factor, app.now())
        .await?;
    if !revoked {
        return Err(Refusal::NotFound.into());
    }
    Ok(Redirect::to(&format!("{}?done=revoked", paths::identity(&sid, &identity))).into_response())
}
