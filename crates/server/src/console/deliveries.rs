//! What a webhook was told or is to be told, and telling it again.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{
    form::Form,
    page::PageMeta,
    plain,
    resources::delivery::{DeliveryStatus, EventUuid},
    sid::{ServiceSid, WebhookSid},
};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    action::Action,
    live, page, paths, services,
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::At,
    store::{claims::FAILURES_BEFORE_PAUSE, deliveries::Delivery, webhooks::Webhook},
    waiting::Tag,
};

/// One page of a webhook's deliveries, newest first.
pub(super) struct Told {
    status: Option<DeliveryStatus>,
    deliveries: Vec<Delivery>,
    meta: PageMeta,
    /// Until when the receiver is left alone.
    paused_until: Option<Timestamp>,
}

/// The page that a query asks for, with the status it asks for.
pub(super) async fn load(
    app: &App,
    session: &Session,
    webhook: &Webhook,
    query: &Form,
) -> Result<Told, Refusal> {
    let status = DeliveryStatus::filter(query)?;
    let mut filters = Form::default();
    filters.push_some("Status", status.map(DeliveryStatus::as_str));
    let (service, sid) = (&webhook.service_sid, &webhook.sid);
    let listing = services::listing(app, paths::webhook(service, sid), query, filters)?;
    let found = app
        .store
        .list_deliveries(
            &session.account,
            service,
            sid,
            status,
            listing.position,
            listing.size,
        )
        .await?
        .ok_or(Refusal::NotFound)?;
    Ok(Told {
        status,
        meta: listing.meta("deliveries", &found),
        paused_until: app
            .store
            .load_pause(sid)
            .await?
            .filter(|until| *until > app.now()),
        deliveries: found.items,
    })
}

impl Told {
    /// Names everything that the list shows.
    pub(super) fn tag(&self) -> Tag {
        let shown = format!("{:?} {:?} {:?}", self.deliveries, self.status, self.paused_until);
        Tag::of([shown.as_bytes()])
    }

    /// The list, with the choice of a status above it.
    pub(super) fn list(&self, session: &Session, webhook: &Webhook) -> Markup {
        let here = paths::webhook(&webhook.service_sid, &webhook.sid);
        let statuses = [
            DeliveryStatus::Pending,
            DeliveryStatus::Delivered,
            DeliveryStatus::Failed,
        ];
        let rows = html! { @for delivery in &self.deliveries { (row(session, &here, delivery)) } };
        html! {
            (live::note())
            @if let Some(until) = self.paused_until { (paused(session, &here, until)) }
            (page::choices("Which deliveries", &here, &statuses.map(DeliveryStatus::as_str), self.status.map(DeliveryStatus::as_str)))
            @if !self.deliveries.is_empty() {
                (page::table("Deliveries", &["Event", "Status", "Last attempt", "Happened", ""], &rows))
                (page::pager(&self.meta))
            } @else if let Some(status) = self.status {
                (page::empty(&format!("No delivery is {}.", status.as_str()), &html! { a href=(here) { "Show all" } }))
            } @else {
                (page::empty("Nothing has been delivered yet.", &html! { "Enrol a device or send a test challenge, and it is told of it." }))
            }
        }
    }
}

/// What keeps a receiver from being told, and a way not to wait for its end.
fn paused(session: &Session, here: &str, until: Timestamp) -> Markup {
    html! {
        div.notice.trouble {
            p {
                strong { "Paused." } " The last " (FAILURES_BEFORE_PAUSE) " attempts or more have failed. Nothing is sent until "
                (page::time(until)) ", and then one delivery, to see whether the receiver is there again. Nothing is lost."
            }
            form method="post" action={ (here) "/try" } {
                (page::form_token(session))
                button id="try" { "Try now" }
            }
        }
    }
}

fn row(session: &Session, here: &str, delivery: &Delivery) -> Markup {
    html! {
        tr {
            th scope="row" {
                (plain::line(&delivery.event_type))
                br; code.small.muted { (delivery.factor_sid) }
            }
            td {
                (status(delivery.status))
                @if let Some(due) = delivery.due_at { br; span.small.muted { "tried again at " (page::time(due)) } }
            }
            td {
                @if let Some(outcome) = &delivery.outcome { (plain::line(outcome)) } @else { span.muted { "None yet" } }
                @if delivery.attempts > 0 {
                    br; span.small.muted { (delivery.attempts) @if delivery.attempts == 1 { " attempt" } @else { " attempts" } }
                }
            }
            td { (page::time(delivery.created_at)) }
            td.actions {
                @if delivery.status != DeliveryStatus::Pending {
                    form method="post" action={ (here) "/deliveries/" (delivery.uuid) } {
                        (page::form_token(session))
                        button.small { "Send again" span.visually-hidden { ": " (plain::line(&delivery.event_type)) } }
                    }
                }
            }
        }
    }
}

fn status(status: DeliveryStatus) -> Markup {
    match status {
        DeliveryStatus::Pending => page::chip("open", "Pending"),
        DeliveryStatus::Delivered => page::chip("good", "Delivered"),
        DeliveryStatus::Failed => page::chip("bad", "Failed"),
    }
}

/// `…/webhooks/{YW}/try`: asks a receiver that is left alone whether it is there again.
pub(super) async fn end_pause(
    State(app): State<SharedApp>,
    At((service, webhook)): At<(ServiceSid, WebhookSid)>,
    Action { session, .. }: Action,
) -> Result<Response, Stop> {
    let end = app
        .store
        .end_pause(&session.account, &service, &webhook, app.now());
    if !end.await? {
        return Err(Refusal::NotFound.into());
    }
    let path = format!("{}?done=tried", paths::webhook(&service, &webhook));
    Ok(Redirect::to(&path).into_response())
}

/// `…/webhooks/{YW}/deliveries/{uuid}`: tells it again.
pub(super) async fn resend(
    State(app): State<SharedApp>,
    At((service, webhook, uuid)): At<(ServiceSid, WebhookSid, EventUuid)>,
    Action { session, .. }: Action,
) -> Result<Response, Stop> {
    let asked = app
        .store
        .resend_delivery(&session.account, &service, &webhook, &uuid, app.now())
        .await?;
    asked.ok_or(Refusal::NotFound)?;
    let path = format!("{}?done=resent", paths::webhook(&service, &webhook));
    Ok(Redirect::to(&path).into_response())
}
