//! `/v2/Services`: the tenants of the API (section 9.1 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    form::Form,
    resources::service::{CountersignSettings, Service, ServiceLinks, ServiceList, ServiceParameters},
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

pub(crate) fn shape(service: services::Service, urls: &Urls) -> Service {
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
        whatsapp: settings.whatsapp,
        passkeys: settings.passkeys,
        default_template_sid: settings.default_template_sid,
        verify_event_subscription_enabled: settings.verify_event_subscription_enabled,
        countersign: (settings.report_pause > 0).then_some(CountersignSettings {
            report_pause: settings.report_pause,
        }),
        date_created: created_at,
        date_updated: updated_at,
        url,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::tests::World;

    #[tokio::test]
    async fn a_service_keeps_what_was_set_and_has_defaults_for_the_rest() {
        let world = World::new().await;
        let made = world
            .post(
                "/v2/Services",
                "FriendlyName=My+Service&Push.IncludeDate=true&Totp.TimeStep=60&CodeLength=4&Unknown=1",
            )
            .await
            .expect(201);
        let path = format!("/v2/Services/{}", made["sid"].as_str().unwrap());
        assert_eq!(made["friendly_name"], "My Service");
        assert_eq!(made["push"]["include_date"], true);
        assert_eq!(
            made["totp"],
            json!({"issuer": "My Service", "time_step": 60, "code_length": 6, "skew": 1})
        );
        assert_eq!(made["code_length"], 4);
        assert_eq!(made["date_created"], "2026-11-20T05:00:00Z");
        assert_eq!(made["url"], format!("https://verify.example.com{path}"));
        assert_eq!(
            made["links"]["entities"],
            format!("https://verify.example.com{path}/Entities")
        );
        assert_eq!(world.get(&path).await.expect(200), made);

        world.advance(5);
        let updated = world.post(&path, "Totp.Skew=2&TtsName=Alice").await.expect(200);
        assert!(made.get("countersign").is_none());
        assert_eq!(updated["totp"]["skew"], 2);
        assert_eq!(updated["totp"]["time_step"], 60);
        assert_eq!(updated["tts_name"], "Alice");
        let updated = world
            .post(
                &path,
                "Whatsapp.From=%2B1555&Passkeys.RelyingParty.Origins=https%3A%2F%2Fa.example%2C+https%3A%2F%2Fb.example&Passkeys.UserVerification=preferred",
            )
            .await
            .expect(200);
        assert_eq!(
            updated["whatsapp"],
            json!({"msg_service_sid": null, "from": "+1555"})
        );
        let origins = &updated["passkeys"]["relying_party"]["origins"];
        assert_eq!(origins, &json!(["https://a.example", "https://b.example"]));
        assert_eq!(updated["passkeys"]["user_verification"], "preferred");
        assert_eq!(updated["friendly_name"], "My Service");
        assert_eq!(updated["date_updated"], "2026-11-20T05:00:05Z");
        assert_eq!(world.get(&path).await.expect(200), updated);
    }

    #[tokio::test]
    async fn bad_settings_are_refused_and_change_nothing() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}", world.service);
        let before = world.get(&path).await.text;
        let long = format!("FriendlyName={}", "a".repeat(33));
        for body in [
            &long,
            "CodeLength=3",
            "CodeLength=11",
            "CodeLength=x",
            "Push.IncludeDate=yes",
            "Countersign.ReportPause=86401",
            "Countersign.ReportPause=-1",
            "Totp.Skew=3",
            "Totp.TimeStep=19",
            "Push.ApnCredentialSid=XX",
            "FriendlyName=a&FriendlyName=b",
        ] {
            assert_eq!(world.post(&path, body).await.status, 400, "{body}");
        }
        assert_eq!(world.get(&path).await.text, before);
        assert_eq!(
            world.post("/v2/Services", "").await.json()["message"],
            "Missing required parameter FriendlyName in the post body"
        );
        assert_eq!(
            world.post("/v2/Services", "friendlyname=Acme").await.refusal(),
            (400, 20001)
        );
        assert_eq!(
            world.post("/v2/Services", "FriendlyName=%zz").await.refusal(),
            (400, 60306)
        );
    }

    #[tokio::test]
    async fn deleting_a_service_takes_everything_with_it() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let path = format!("/v2/Services/{}", world.service);
        assert_eq!(world.delete(&path).await.status, 204);
        assert_eq!(world.delete(&path).await.refusal(), (404, 20404));
        assert_eq!(
            world.get(&path).await.json()["message"],
            format!("The requested resource /Services/{} was not found", world.service)
        );
        let reply = world
            .send("GET", &world.at("/Challenges"), &phone.auth(world.now()), "")
            .await;
        assert_eq!(reply.refusal(), (401, 20101));
    }

    #[tokio::test]
    async fn lists_are_paged_both_ways_and_their_urls_can_be_followed_as_they_are() {
        let world = World::new().await;
        for number in 2..=5 {
            world.make_service(&format!("FriendlyName=Service{number}")).await;
        }
        let names = |page: &serde_json::Value| -> Vec<String> {
            let services = page["services"].as_array().unwrap().iter();
            services
                .map(|service| service["friendly_name"].as_str().unwrap().to_owned())
                .collect()
        };
        let follow = async |page: &serde_json::Value, to: &str| {
            let url = page["meta"][to].as_str().unwrap();
            world
                .get(url.strip_prefix("https://verify.example.com").unwrap())
                .await
                .expect(200)
        };
        let first = world.get("/v2/Services?PageSize=2").await.expect(200);
        assert_eq!(names(&first), ["Acme", "Service2"]);
        assert_eq!(first["meta"]["key"], "services");
        assert_eq!(first["meta"]["previous_page_url"], serde_json::Value::Null);
        let second = follow(&first, "next_page_url").await;
        assert_eq!(names(&second), ["Service3", "Service4"]);
        assert_eq!(
            (&second["meta"]["page"], &second["meta"]["page_size"]),
            (&json!(1), &json!(2))
        );
        let third = follow(&second, "next_page_url").await;
        assert_eq!(names(&third), ["Service5"]);
        assert_eq!(third["meta"]["next_page_url"], serde_json::Value::Null);
        assert_eq!(
            names(&follow(&third, "previous_page_url").await),
            ["Service3", "Service4"]
        );
        assert_eq!(
            names(&follow(&third, "first_page_url").await),
            ["Acme", "Service2"]
        );
        assert_eq!(names(&follow(&second, "url").await), ["Service3", "Service4"]);
        let back = follow(&follow(&third, "previous_page_url").await, "previous_page_url").await;
        assert_eq!(names(&back), ["Acme", "Service2"]);
        assert_eq!(back["meta"]["previous_page_url"], serde_json::Value::Null);
    }

    #[tokio::test]
    async fn a_page_survives_the_deletion_of_the_one_before() {
        let world = World::new().await;
        for number in 2..=4 {
            world.make_service(&format!("FriendlyName=Service{number}")).await;
        }
        let first = world.get("/v2/Services?PageSize=2").await.expect(200);
        for service in first["services"].as_array().unwrap() {
            world
                .delete(&format!("/v2/Services/{}", service["sid"].as_str().unwrap()))
                .await;
        }
        let next = first["meta"]["next_page_url"].as_str().unwrap();
        let next = world
            .get(next.strip_prefix("https://verify.example.com").unwrap())
            .await
            .expect(200);
        assert_eq!(next["services"][0]["friendly_name"], "Service3");
    }

    #[tokio::test]
    async fn page_tokens_are_good_for_their_own_list_only() {
        let world = World::new().await;
        world.make_service("FriendlyName=Other").await;
        let page = world.get("/v2/Services?PageSize=1").await.expect(200);
        let next = page["meta"]["next_page_url"].as_str().unwrap();
        let (_, token) = next.split_once("PageToken=").unwrap();
        let entities = format!("/v2/Services/{}/Entities", world.service);
        assert_eq!(
            world
                .get(&format!("{entities}?PageToken={token}"))
                .await
                .refusal(),
            (400, 60374)
        );
        for token in [
            "",
            "x",
            "DN123",
            &token.to_lowercase(),
            &format!("{token}A"),
            &"A".repeat(300),
        ] {
            let reply = world.get(&format!("/v2/Services?PageToken={token}")).await;
            assert_eq!(reply.refusal(), (400, 60374), "{token}");
        }
        for size in ["0", "1001", "x", "-1", "99999999999"] {
            assert_eq!(
                world
                    .get(&format!("/v2/Services?PageSize={size}"))
                    .await
                    .refusal(),
                (400, 60373)
            );
        }
        world
            .get(&format!("/v2/Services?pageToken={token}"))
            .await
            .expect(200);
    }
}
