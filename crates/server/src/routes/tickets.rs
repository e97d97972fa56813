//! `/countersign/v1/Services/{VA}/Tickets` and what a ticket's address answers (docs/protocol.md, E1).

use axum::extract::State;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use countersign_protocol::{
    error::ErrorCode,
    link::{Enrolment, ServerUrl, TicketUrl},
    resources::ticket::{CreateTicket, Ticket},
    sid::{AccountSid, ServiceSid},
};
use sha2::{Digest as _, Sha256};

use super::access_tokens;
use crate::{
    answer::{Answer, Created, Refusal},
    app::{App, SharedApp},
    caller::Account,
    random,
    request::{At, Parameters},
    store::{
        access_tokens::AccessToken,
        tickets::{self, TicketState},
    },
};

/// `POST /countersign/v1/Services/{VA}/Tickets`
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Parameters(form): Parameters,
) -> Answer<Created<Ticket>> {
    let asked = CreateTicket::from_form(&form)?;
    let (secret, token) = issue(&app, account, service, asked).await?;
    let url = address(&app, &secret);
    let link = link(&app, &secret)?;
    Ok(Created(Ticket {
        sid: token.sid,
        account_sid: token.account_sid,
        service_sid: token.service_sid,
        identity: token.identity,
        url,
        link,
        ttl: token.ttl,
        date_created: token.created_at,
        expires_at: token.expires_at,
    }))
}

/// Issues a ticket, for the API or in the console. Returns its secret, which nothing keeps, and what it hands out.
pub(crate) async fn issue(
    app: &App,
    account: AccountSid,
    service: ServiceSid,
    asked: CreateTicket,
) -> Answer<(String, AccessToken)> {
    // 128 random bits in 22 characters: the address should make a small QR code.
    let secret = format!(
        "T{}",
        Base64UrlUnpadded::encode_string(&random::make_bytes::<16>())
    );
    link(app, &secret)?;
    server(app)?;
    let (token, _) = access_tokens::issue(app, account, service, asked.permission).await?;
    let ticket = tickets::Ticket {
        token,
        issuer: asked.issuer,
        account: asked.account,
        state: TicketState::Waiting,
    };
    app.store.create_ticket(&hash(&secret), &ticket).await?;
    Ok((secret, ticket.token))
}

/// The enrolment link that names a ticket.
pub(crate) fn link(app: &App, secret: &str) -> Answer<String> {
    let address = TicketUrl::parse(&address(app, secret)).map_err(|_| unreachable_server())?;
    Ok(address.to_link())
}

/// Where a ticket is opened.
pub(crate) fn address(app: &App, secret: &str) -> String {
    format!("{}/enrol/{secret}", app.urls.root())
}

/// The ticket with this secret. What is no ticket at all is looked up just as one that is not there.
pub(crate) async fn load(app: &App, secret: &str) -> Answer<tickets::Ticket> {
    app.store
        .load_ticket(&hash(secret))
        .await?
        .ok_or(Refusal::NotFound)
}

/// Hands out what a device needs to enrol, once.
pub(crate) async fn open(app: &App, secret: &str) -> Answer<Enrolment> {
    let ticket = load(app, secret).await?;
    let now = app.now();
    if !app.store.open_ticket(&hash(secret), &ticket, now).await? {
        let why = if ticket.state == TicketState::Waiting && now >= ticket.token.expires_at {
            "This one-time address has expired. Ask for a new one where you got it"
        } else {
            "This one-time address was used already. If that was not you, tell your administrator"
        };
        return Err(Refusal::new(ErrorCode::TicketSpent, why));
    }
    let tickets::Ticket {
        token,
        issuer,
        account,
        ..
    } = ticket;
    let opened = access_tokens::unseal(app, &token)?;
    Ok(Enrolment {
        server: server(app)?,
        service_sid: token.service_sid,
        identity: token.identity,
        token: opened,
        issuer,
        account,
    })
}

fn server(app: &App) -> Answer<ServerUrl> {
    ServerUrl::parse(app.urls.root()).map_err(|_| unreachable_server())
}

fn unreachable_server() -> Refusal {
    Refusal::new(
        ErrorCode::InvalidRequest,
        "No device would open a link to this server: its public URL has to be https, or http on this very computer",
    )
}

fn hash(secret: &str) -> String {
    random::hex(&Sha256::digest(secret.as_bytes()))
}
