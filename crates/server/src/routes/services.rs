//! `/v2/Services`: the tenants of the API (section 9.1 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    form::Form,
    resources::service::{
        PasskeySettings, Service, ServiceLinks, ServiceList, ServiceParameters, WhatsappSettings,
    },
    sid::ServiceSid,
};

use crate::{
    answer::{Answer, Created, Deleted, Refusal},
    app::{SharedApp, Urls},
    caller::Account,
    paging::Listing,
    request::{At, Parameters, Query},
    store::services::{self, Settings},
};

/// `POST /v2/Services`
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    Parameters(form): Parameters,
) -> Answer<Created<Service>> {
    let given = ServiceParameters::for_creation(&form)?;
    let mut settings = Settings::default();
    settings.apply(&given);
    let friendly_name = given.friendly_name.unwrap_or_default();
    let service = app
        .store
        .create_service(&account, &friendly_name, settings, app.now())
        .await?;
    Ok(Created(shape(service, &app.urls)))
}

/// `GET /v2/Services`
pub(super) async fn list(
    Account(account): Account,
    State(app): State<SharedApp>,
    Query(query): Query,
) -> Answer<Json<ServiceList>> {
    let listing = Listing::read(&app.key, app.urls.services(), &query, Form::default())?;
    let page = app
        .store
        .list_services(&account, listing.position, listing.size)
        .await?;
    let meta = listing.meta("services", &page);
    let services = page
        .items
        .into_iter()
        .map(|service| shape(service, &app.urls))
        .collect();
    Ok(Json(ServiceList { services, meta }))
}

/// `GET /v2/Services/{VA}`
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
) -> Answer<Json<Service>> {
    let service = app
        .store
        .load_service(&account, &sid)
        .await?
        .ok_or(Refusal::NotFound)?;
    Ok(Json(shape(service, &app.urls)))
}

/// `POST /v2/Services/{VA}`
pub(super) async fn update(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Parameters(form): Parameters,
) -> Answer<Json<Service>> {
    let given = ServiceParameters::from_form(&form)?;
    let service = app
        .store
        .update_service(&account, &sid, &given, app.now())
        .await?;
    Ok(Json(shape(service.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `DELETE /v2/Services/{VA}`: with everything that belongs to it.
pub(super) async fn delete(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
) -> Answer<Deleted> {
    if app.store.delete_service(&account, &sid).await? {
        Ok(Deleted)
    } else {
        Err(Refusal::NotFound)
    }
}

fn shape(service: services::Service, urls: &Urls) -> Service {
    let services::Service {
        sid,
        account_sid,
        friendly_name,
        settings,
        created_at,
        updated_at,
    } = service;
    let url = urls.service(&sid);
    let under = |name: &str| format!("{url}/{name}");
    let mut totp = settings.totp;
    totp.issuer.get_or_insert_with(|| friendly_name.clone());
    Service {
        links: ServiceLinks {
            verification_checks: under("VerificationCheck"),
            verifications: under("Verifications"),
            rate_limits: under("RateLimits"),
            messaging_configurations: under("MessagingConfigurations"),
            entities: under("Entities"),
            webhooks: under("Webhooks"),
            access_tokens: under("AccessTokens"),
        },
        sid,
        account_sid,
        friendly_name,
        code_length: settings.code_length,
        lookup_enabled: settings.lookup_enabled,
        psd2_enabled: settings.psd2_enabled,
        skip_sms_to_landlines: settings.skip_sms_to_landlines,
        dtmf_input_required: settings.dtmf_input_required,
        tts_name: settings.tts_name,
        do_not_share_warning_enabled: settings.do_not_share_warning_enabled,
        custom_code_enabled: settings.custom_code_enabled,
        push: settings.push,
        totp,
        whatsapp: WhatsappSettings::default(),
        passkeys: PasskeySettings::default(),
        default_template_sid: settings.default_template_sid,
        verify_event_subscription_enabled: settings.verify_event_subscription_enabled,
        date_created: created_at,
        date_updated: updated_at,
        url,
    }
}
