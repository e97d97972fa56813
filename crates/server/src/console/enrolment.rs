//! `/console/services/{VA}/enrol`: a ticket by hand, and what becomes of it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use base64ct::{Base64, Encoding as _};
use countersign_protocol::{
    form::Form, link::ServerUrl, plain, resources::ticket::CreateTicket, sid::ServiceSid,
};
use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder as _, svg::SvgBuilder},
};
use maud::{Markup, html};

use super::{
    action::{Action, Query},
    factors, identities,
    live::{self, Sight},
    page::{self, Page},
    paths,
    services::{self, nothing_changed},
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::At,
    routes::tickets,
    store::{
        access_tokens::AccessToken,
        factors::Factor,
        services::Service,
        tickets::{Ticket, TicketState},
    },
    waiting::{Tag, Wish},
};

/// Why there is no link.
const UNREACHABLE: &str = "No device would open a link to this server: its public URL has to be https, or http on this \
     very computer. Set it with --public-url. Nothing was changed.";

pub(super) async fn form(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
) -> Result<Markup, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    Ok(show_form(&app, &session, &service, &query, None))
}

fn show_form(
    app: &App,
    session: &Session,
    service: &Service,
    form: &Form,
    trouble: Option<String>,
) -> Markup {
    let identity = form.one("identity").ok().flatten().unwrap_or_default();
    let body = html! {
        h1 { "Issue an enrolment link" }
        p.muted { "Whoever opens it within five minutes enrols one device for this identity." }
        form.card.stack method="post" {
            (page::form_token(session))
            label for="identity" { "Identity" }
            input id="identity" name="identity" value=(identity) required pattern="[A-Za-z0-9]+(-[A-Za-z0-9]+)*" minlength="8"
                maxlength="64" autocapitalize="none" autocomplete="off" spellcheck="false" autofocus[identity.is_empty()]
                aria-describedby="identity-hint";
            p.hint id="identity-hint" {
                "8 to 64 letters, digits and single dashes. Use your own opaque identifier of the person, never an e-mail "
                "address or anything else that tells who it is."
            }
            div.tools {
                button.primary { "Issue link" }
                a.button.quiet href=(paths::service(&service.sid)) { "Cancel" }
            }
        }
    };
    Page::new(app, session, "Issue an enrolment link")
        .below(&*service.friendly_name, paths::service(&service.sid))
        .because(trouble)
        .show(&body)
}

pub(super) async fn issue(
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Action { session, form }: Action,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let mut parameters = Form::default();
    parameters.push_some("Identity", form.one("identity").ok().flatten().map(str::trim));
    parameters.push("Issuer", plain::line(&service.friendly_name));
    let asked = match CreateTicket::from_form(&parameters) {
        Ok(_) if ServerUrl::parse(app.urls.root()).is_err() => Err(UNREACHABLE.to_owned()),
        Ok(asked) => Ok(asked),
        Err(error) => Err(nothing_changed(&error.message)),
    };
    match asked {
        Ok(asked) => {
            let (secret, _) = tickets::issue(&app, session.account, sid.clone(), asked).await?;
            Ok(Redirect::to(&paths::enrolment(&sid, &secret)).into_response())
        }
        Err(why) => {
            let page = show_form(&app, &session, &service, &form, Some(why));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `…/enrol/T…`: the link of a ticket, and live what becomes of it and which devices have come since.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, secret)): At<(ServiceSid, String)>,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let token = tickets::load(&app, &secret).await?.token;
    if token.service_sid != sid {
        return Err(Refusal::NotFound.into());
    }
    let watch = app.store.watch(&sid, &token.identity);
    let key = format!("console {}", token.sid);
    live::answer(&app, wish, &key, watch, || {
        look(&app, &session, &service, &secret)
    })
    .await
}

async fn look(app: &App, session: &Session, service: &Service, secret: &str) -> Result<Sight, Stop> {
    let ticket = tickets::load(app, secret).await?;
    let AccessToken {
        identity,
        created_at,
        expires_at,
        ..
    } = &ticket.token;
    let factors = identities::load_factors(app, session, &service.sid, identity).await?;
    let mut came = factors.unwrap_or_default();
    came.retain(|factor| factor.created_at >= *created_at);
    let is_over = app.now() >= *expires_at;
    let tag = Tag::of([format!("{came:?} {:?} {is_over}", ticket.state).as_bytes()]);
    let says = match came.first() {
        Some(factor) if factor.verified => "A device has enrolled.",
        Some(_) => "A device is enrolling.",
        None if is_over => "The link has expired.",
        None if ticket.state == TicketState::Opened => "A device has opened the link.",
        None => "Waiting for a device.",
    };
    let body = html! {
        h1 { "Enrolment link for " (identity) }
        (live::part(&tag, says, &progress(app, service, secret, &ticket, &came)?))
    };
    let page = Page::new(app, session, "Enrolment link")
        .below(&*service.friendly_name, paths::service(&service.sid))
        .show(&body);
    Ok(Sight {
        tag,
        ends: (!is_over).then_some(*expires_at),
        page,
    })
}

/// What there is to do: open the link, or nothing any more.
fn progress(
    app: &App,
    service: &Service,
    secret: &str,
    ticket: &Ticket,
    came: &[Factor],
) -> Result<Markup, Refusal> {
    let token = &ticket.token;
    let now = app.now();
    let (address, link) = (tickets::address(app, secret), tickets::link(app, secret)?);
    Ok(html! {
        (live::note())
        @if !came.is_empty() {
            (factors::list(&service.sid, &token.identity, came))
        } @else if now >= token.expires_at {
            (page::empty("This link has expired.", &html! { "Nothing was enrolled with it. Issue another one." }))
        } @else if ticket.state == TicketState::Waiting {
            (way_in(&address, &link))
            p { (page::chip("open", "Waiting")) " for a device, " (page::time_left(token.expires_at, now)) }
        } @else {
            p { (page::chip("open", "Opened")) " by a device, which has " (page::time_left(token.expires_at, now)) " to enrol" }
        }
        div.tools {
            @if !came.is_empty() {
                a.button.primary id="go" href=(paths::identity(&service.sid, &token.identity)) { "Go to " (token.identity) }
            }
            a.button id="another" href={ (paths::enrol(&service.sid)) "?identity=" (token.identity) } { "Issue another" }
        }
    })
}

fn way_in(address: &str, link: &str) -> Markup {
    html! {
        div.enrolment {
            @if let Some(picture) = picture(link) {
                img.qr src=(picture) alt="The enrolment link as a QR code" width="240" height="240";
            }
            div.stack {
                p { "Scan it with Countersign, paste it there, or open it on this computer. It works once." }
                p.long { (page::copyable("link", "the enrolment link", link)) }
                p { a.button href=(link) { "Open in Countersign" } }
                p { "Or send the person the address of a page that shows the same:" }
                p.long { (page::copyable("address", "the address of the page", address)) }
            }
        }
    }
}

/// The link as a QR code, black on white. The lowest error correction keeps its modules large; a screen has no scratches
/// to correct.
pub(super) fn picture(link: &str) -> Option<String> {
    let code = QRBuilder::new(link).ecl(ECL::L).build().ok()?;
    let svg = SvgBuilder::default().margin(4).to_str(&code);
    Some(format!(
        "data:image/svg+xml;base64,{}",
        Base64::encode_string(svg.as_bytes())
    ))
}
