use countersign_protocol::link::LinkError;
use serde_json::json;

use super::{
    double::{IDENTITY, Said, TOKEN},
    setup::Setup,
};
use crate::{EnrolError, FactorStatus, PreviewKind};

#[tokio::test]
async fn a_link_becomes_a_verified_factor_with_two_requests() {
    let setup = Setup::new().await;
    let factor = setup.app.enrol(&setup.double.link()).await.unwrap();
    assert_eq!(factor.status, FactorStatus::Verified);
    assert_eq!(factor.issuer.as_deref(), Some("Acme"));
    assert_eq!(setup.double.take_log(), ["POST /Factors", "POST /Factors/one"]);
    let stored = setup.app.factors().await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (&stored[0].sid, stored[0].status),
        (&factor.sid, FactorStatus::Verified)
    );
    assert_eq!(setup.keys.ids(), [stored[0].key_id.clone()]);
}

#[tokio::test]
async fn the_creation_is_authenticated_by_the_token_and_sent_as_the_mobile_libraries_do() {
    let setup = Setup::new().await;
    setup.app.enrol(&setup.double.link()).await.unwrap();
    let state = setup.double.state();
    let [create, verify] = &state.log[..] else {
        panic!("two requests")
    };
    let auth = |asked: &super::double::Asked| {
        countersign_protocol::basic_auth::BasicAuth::parse(&asked.headers["authorization"]).unwrap()
    };
    assert_eq!(
        (auth(create).user.as_str(), auth(create).password.as_str()),
        ("token", TOKEN)
    );
    assert_eq!(auth(verify).password.split('.').count(), 3);
    let names: Vec<_> = create
        .body
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    let expected = [
        "FriendlyName",
        "FactorType",
        "Binding.PublicKey",
        "Binding.Alg",
        "Config.SdkVersion",
        "Config.AppId",
        "Config.NotificationPlatform",
    ];
    assert_eq!(names, expected);
    assert_eq!(create.headers["accept"], "application/json");
    assert_eq!(
        create.headers["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(create.headers["user-agent"].split("; ").count(), 9);
    assert!(create.headers["user-agent"].starts_with("Countersign; "));
    assert!(verify.body.starts_with("AuthPayload=") && !verify.body.contains('&'));
}

#[tokio::test]
async fn a_preview_touches_nothing() {
    let setup = Setup::new().await;
    let preview = setup.app.preview(&setup.double.link()).unwrap();
    assert_eq!(preview.kind, PreviewKind::Direct);
    assert_eq!(preview.host, setup.double.url.host());
    assert_eq!(preview.identity.unwrap().as_str(), IDENTITY);
    assert!(preview.is_loopback && !preview.is_cloud);
    assert_eq!(
        setup.app.preview("otpauth://totp/x?secret=y"),
        Err(LinkError::OneTimeCode)
    );
    let open = format!("countersign://open?challenge=YC{}", "0".repeat(32));
    assert_eq!(setup.app.preview(&open), Err(LinkError::Action));
    assert!(setup.double.take_log().is_empty() && setup.keys.ids().is_empty());
}

#[tokio::test]
async fn a_ticket_is_fetched_once_and_then_it_is_used_up() {
    let setup = Setup::new().await;
    let link = setup.double.link();
    let mut fresh = true;
    setup.double.on_a_whim(move |asked| {
        let ticket = asked.target == "/enrol/Tabc";
        ticket.then(|| {
            if std::mem::take(&mut fresh) {
                Said::reply(200, link.clone())
            } else {
                Said::error(410, 0)
            }
        })
    });
    let ticket = format!(
        "countersign://enrol?v=1&ticket={}%2Fenrol%2FTabc",
        setup.double.url
    );
    assert_eq!(setup.app.preview(&ticket).unwrap().kind, PreviewKind::Ticket);
    assert!(setup.double.take_log().is_empty());
    setup.app.enrol(&ticket).await.unwrap();
    let again = setup.app.enrol(&ticket).await;
    assert!(matches!(again, Err(EnrolError::UsedOrExpired(_))), "{again:?}");
    let asked: Vec<_> = setup
        .double
        .state()
        .log
        .iter()
        .filter(|it| it.target == "/enrol/Tabc")
        .cloned()
        .collect();
    assert_eq!(asked.len(), 2);
    assert!(!asked[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_ticket_does_not_follow_a_redirect() {
    let setup = Setup::new().await;
    let elsewhere = format!("{}/elsewhere", setup.double.url);
    setup
        .double
        .on_a_whim(move |_| Some(Said::reply(302, "").with("Location", elsewhere.clone())));
    let ticket = format!(
        "countersign://enrol?v=1&ticket={}%2Fenrol%2FTabc",
        setup.double.url
    );
    assert!(setup.app.enrol(&ticket).await.is_err());
    assert_eq!(setup.double.take_log().len(), 1);
}

#[tokio::test]
async fn a_ticket_cannot_lead_to_a_host_that_nobody_agreed_to() {
    let setup = Setup::new().await;
    let elsewhere = setup
        .double
        .link()
        .replace(setup.double.url.as_str(), "https://verify.example");
    setup
        .double
        .on_a_whim(move |_| Some(Said::reply(200, elsewhere.clone())));
    let ticket = format!(
        "countersign://enrol?v=1&ticket={}%2Fenrol%2FTabc",
        setup.double.url
    );
    let refused = setup.app.enrol(&ticket).await;
    assert!(matches!(refused, Err(EnrolError::Malformed(_))), "{refused:?}");
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_ticket_cannot_lead_to_another_port_than_the_person_agreed_to() {
    let setup = Setup::new().await;
    let other = super::double::Double::start(setup.servers_clock.clone()).await;
    let elsewhere = other.link();
    setup
        .double
        .on_a_whim(move |_| Some(Said::reply(200, elsewhere.clone())));
    let ticket = format!(
        "countersign://enrol?v=1&ticket={}%2Fenrol%2FTabc",
        setup.double.url
    );
    let refused = setup.app.enrol(&ticket).await;
    assert!(matches!(refused, Err(EnrolError::Malformed(_))), "{refused:?}");
    assert!(other.take_log().is_empty());
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_refused_creation_leaves_nothing_and_says_what_the_server_said() {
    let setup = Setup::new().await;
    for (status, code) in [(401, 20104), (403, 60313)] {
        setup.double.once("POST /Factors", Said::error(status, code));
        let refused = setup.app.enrol(&setup.double.link()).await;
        assert!(
            matches!(&refused, Err(EnrolError::UsedOrExpired(error)) if error.code == code),
            "{refused:?}"
        );
        assert_eq!(
            setup.double.take_log(),
            ["POST /Factors"],
            "a creation is not repeated after a 401"
        );
    }
    setup.double.once("POST /Factors", Said::error(400, 60315));
    let refused = setup.app.enrol(&setup.double.link()).await;
    assert!(
        matches!(&refused, Err(EnrolError::Refused(error)) if error.code == 60315),
        "{refused:?}"
    );
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_creation_whose_answer_is_lost_leaves_no_key() {
    let setup = Setup::new().await;
    setup.double.once("POST /Factors", Said::CutAfter);
    let lost = setup.app.enrol(&setup.double.link()).await;
    assert!(matches!(lost, Err(EnrolError::Offline(_))), "{lost:?}");
    assert!(setup.keys.ids().is_empty() && setup.app.factors().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_factor_whose_description_cannot_be_used_is_deleted_on_the_server() {
    let setup = Setup::new().await;
    setup.double.on_a_whim(|_| None);
    // The factor exists on the double, but its date is not one: what the mobile libraries leave behind as an orphan.
    let factor = setup.app.enrol(&setup.double.link()).await.unwrap();
    let credential = factor.credential_sid.clone();
    setup.app.remove(&factor.sid).await.unwrap();
    setup.double.take_log();
    let sid = factor.sid.clone();
    setup.double.once(
        "POST /Factors",
        Said::reply(
            201,
            json!({"sid": sid, "account_sid": factor.account_sid, "status": "unverified", "friendly_name": "x",
                   "date_created": "yesterday", "config": {"credential_sid": credential}})
            .to_string(),
        ),
    );
    let unreadable = setup.app.enrol(&setup.double.link()).await;
    assert!(
        matches!(unreadable, Err(EnrolError::Malformed(_))),
        "{unreadable:?}"
    );
    assert_eq!(
        setup.double.take_log()[..2],
        ["POST /Factors", "DELETE /Factors/one"]
    );
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_missing_credential_sid_is_refused_and_leaves_no_key() {
    let setup = Setup::new().await;
    let body = json!({"sid": "YF00000000000000000000000000000000", "status": "unverified",
                      "account_sid": "AC00000000000000000000000000000000", "friendly_name": "x",
                      "date_created": "2026-11-20T05:00:00Z", "config": {}});
    setup
        .double
        .once("POST /Factors", Said::reply(201, body.to_string()));
    let missing = setup.app.enrol(&setup.double.link()).await;
    assert!(matches!(missing, Err(EnrolError::Malformed(_))), "{missing:?}");
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_lost_answer_to_the_proof_is_asked_for_again() {
    let setup = Setup::new().await;
    setup.double.once("POST /Factors/one", Said::CutAfter);
    let factor = setup.app.enrol(&setup.double.link()).await.unwrap();
    assert_eq!(factor.status, FactorStatus::Verified);
    assert_eq!(setup.double.count("POST /Factors/one"), 2);
}

#[tokio::test]
async fn a_refused_proof_takes_the_factor_back_on_both_sides() {
    let setup = Setup::new().await;
    setup.double.once("POST /Factors/one", Said::error(403, 60311));
    let refused = setup.app.enrol(&setup.double.link()).await;
    assert!(
        matches!(&refused, Err(EnrolError::Refused(error)) if error.code == 60311),
        "{refused:?}"
    );
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn going_offline_before_the_proof_leaves_a_removal_that_is_finished_later() {
    let mut setup = Setup::new().await;
    setup
        .double
        .on_a_whim(|asked| (asked.kind() != "POST /Factors").then_some(Said::Cut));
    let offline = setup.app.enrol(&setup.double.link()).await;
    assert!(matches!(offline, Err(EnrolError::Offline(_))), "{offline:?}");
    let left = setup.app.factors().await.unwrap();
    assert!(left.len() == 1 && left[0].removing_since.is_some() && !left[0].is_usable());
    assert_eq!(setup.keys.ids().len(), 1, "the key has to sign the removal yet");

    setup.double.behave();
    setup.restart().await;
    nothing_is_left(&setup).await;
}

#[tokio::test]
async fn a_program_that_ended_before_the_proof_proves_it_at_the_next_start() {
    let mut setup = Setup::new().await;
    let client = setup.app.client(setup.double.url.clone());
    let payload = super::library::payload();
    client.create_factor(payload).await.unwrap();
    assert_eq!(
        setup.app.factors().await.unwrap()[0].status,
        FactorStatus::Unverified
    );
    setup.restart().await;
    assert_eq!(
        setup.app.factors().await.unwrap()[0].status,
        FactorStatus::Verified
    );
}

#[tokio::test]
async fn a_server_cannot_take_the_place_of_another_servers_factor() {
    let (setup, factor) = Setup::enrolled().await;
    let body = json!({"sid": factor.sid, "account_sid": factor.account_sid, "status": "unverified",
                      "friendly_name": "x", "date_created": "2026-11-20T05:00:00Z",
                      "config": {"credential_sid": "CRother"}});
    setup
        .double
        .once("POST /Factors", Said::reply(201, body.to_string()));
    assert!(matches!(
        setup.app.enrol(&setup.double.link()).await,
        Err(EnrolError::Store(_))
    ));
    let factors = setup.app.factors().await.unwrap();
    assert_eq!(factors.len(), 1);
    assert_eq!(factors[0].credential_sid, factor.credential_sid);
    assert_eq!(setup.keys.ids(), [factor.key_id]);
}

#[tokio::test]
async fn bad_links_change_nothing() {
    let setup = Setup::new().await;
    for link in [
        "",
        "hello",
        "https://acme.example",
        "countersign://enrol?v=2&service=x",
        "{\"token\":1}",
    ] {
        assert!(
            matches!(setup.app.enrol(link).await, Err(EnrolError::Link(_))),
            "{link}"
        );
    }
    nothing_is_left(&setup).await;
    assert!(setup.double.take_log().is_empty());
}

async fn nothing_is_left(setup: &Setup) {
    assert!(setup.keys.ids().is_empty(), "no key");
    assert!(setup.app.factors().await.unwrap().is_empty(), "no factor here");
    assert!(setup.double.state().factors.is_empty(), "no factor on the server");
}
