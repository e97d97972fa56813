//! `/console/services/{VA}/enrol`: an enrolment link by hand, and what becomes of it.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use base64ct::{Base64, Encoding as _};
use countersign_protocol::{
    form::Form,
    link::{Enrolment, ServerUrl},
    plain,
    resources::access_token::CreateAccessToken,
    sid::{AccessTokenSid, ServiceSid},
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
    app::{App, SharedApp},
    request::At,
    routes::access_tokens,
    store::{access_tokens::AccessToken, factors::Factor, services::Service},
    waiting::{Tag, Wish},
};

/// Seconds for which a link works: as long as the API allows, because a person has to find their way with it.
const LIFE: &str = "300";

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
    parameters.push("FactorType", "push");
    parameters.push("Ttl", LIFE);
    let new = match CreateAccessToken::from_form(&parameters) {
        Ok(new) => new,
        Err(error) => {
            let why = Some(nothing_changed(&error.message));
            let page = show_form(&app, &session, &service, &form, why);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let (token, _) = access_tokens::issue(&app, session.account, sid, new).await?;
    Ok(Redirect::to(&paths::enrolment(&token.service_sid, &token.sid)).into_response())
}

/// `…/enrol/{YK}`: the link, and live which devices have come since.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, token)): At<(ServiceSid, AccessTokenSid)>,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let (issued, token) = access_tokens::load(&app, &session.account, &sid, &token).await?;
    let watch = app.store.watch(&sid, &issued.identity);
    let key = format!("console {}", issued.sid);
    live::answer(&app, wish, &key, watch, || {
        look(&app, &session, &service, &issued, &token)
    })
    .await
}

async fn look(
    app: &App,
    session: &Session,
    service: &Service,
    issued: &AccessToken,
    token: &str,
) -> Result<Sight, Stop> {
    let identity = &issued.identity;
    let factors = identities::load_factors(app, session, &service.sid, identity).await?;
    let mut came = factors.unwrap_or_default();
    came.retain(|factor| factor.created_at >= issued.created_at);
    let is_over = app.now() >= issued.expires_at;
    let tag = Tag::of([format!("{came:?} {is_over}").as_bytes()]);
    let says = match came.first() {
        Some(factor) if factor.verified => "A device has enrolled.",
        Some(_) => "A device is enrolling.",
        None if is_over => "The link has expired.",
        None => "Waiting for a device.",
    };
    let body = html! {
        h1 { "Enrolment link for " (identity) }
        (live::part(&tag, says, &progress(app, issued, &came, is_over, token, service)))
    };
    let page = Page::new(app, session, "Enrolment link")
        .below(&*service.friendly_name, paths::service(&service.sid))
        .show(&body);
    Ok(Sight {
        tag,
        ends: (!is_over).then_some(issued.expires_at),
        page,
    })
}

/// What there is to do: open the link, or nothing any more.
fn progress(
    app: &App,
    issued: &AccessToken,
    came: &[Factor],
    is_over: bool,
    token: &str,
    service: &Service,
) -> Markup {
    html! {
        (live::note())
        @if !came.is_empty() {
            (factors::list(&service.sid, &issued.identity, came))
        } @else if is_over {
            (page::empty("This link has expired.", &html! { "Nothing was enrolled with it. Issue another one." }))
        } @else {
            @match link(app, issued, token, service) {
                Ok(link) => (open(&link)),
                Err(why) => p.notice.trouble { (why) },
            }
            p { (page::chip("open", "Waiting")) " for a device, " (page::time_left(issued.expires_at, app.now())) }
        }
        div.tools {
            @if !came.is_empty() {
                a.button.primary id="go" href=(paths::identity(&service.sid, &issued.identity)) { "Go to " (issued.identity) }
            }
            a.button id="another" href={ (paths::enrol(&service.sid)) "?identity=" (issued.identity) } { "Issue another" }
        }
    }
}

fn link(app: &App, issued: &AccessToken, token: &str, service: &Service) -> Result<String, &'static str> {
    let server = ServerUrl::parse(app.urls.root()).map_err(|_| {
        "No device would open a link to this server: its public URL has to be https, or http on this very computer. \
         Set it with --public-url."
    })?;
    let enrolment = Enrolment {
        server,
        service_sid: issued.service_sid.clone(),
        identity: issued.identity.clone(),
        token: token.to_owned(),
        issuer: Some(plain::line(&service.friendly_name)),
        account: None,
    };
    Ok(enrolment.to_link())
}

fn open(link: &str) -> Markup {
    html! {
        div.enrolment {
            @if let Some(picture) = picture(link) {
                img.qr src=(picture) alt="The enrolment link as a QR code" width="280" height="280";
            }
            div.stack {
                p { "Paste it into Countersign, or open it on this computer. It works once." }
                p.long { (page::copyable("link", "the enrolment link", link)) }
                p { a.button href=(link) { "Open in Countersign" } }
            }
        }
    }
}

/// The link as a QR code, black on white. A link that carries the token itself is long; the lowest error correction
/// keeps its modules large enough for a screen, which has no scratches to correct.
pub(super) fn picture(link: &str) -> Option<String> {
    let code = QRBuilder::new(link).ecl(ECL::L).build().ok()?;
    let svg = SvgBuilder::default().margin(4).to_str(&code);
    Some(format!(
        "data:image/svg+xml;base64,{}",
        Base64::encode_string(svg.as_bytes())
    ))
}
