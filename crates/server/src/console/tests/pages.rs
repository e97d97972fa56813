//! What pages say, and what no page does.

use countersign_protocol::challenge_response::Decision;

use serde_json::json;

use super::{Browser, ORIGIN, as_form, every_page, location, send};
use crate::{
    routes::challenges::unseal_number,
    tests::{AUTH_TOKEN, Device, IDENTITY, World},
};

#[tokio::test]
async fn every_answer_has_the_strict_headers() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let mut replies = Vec::new();
    for path in every_page(&world, &browser, &phone).await {
        replies.push((200, browser.get(&path).await));
    }
    for (path, status) in [
        ("/console", 200),
        ("/console/console.css", 200),
        ("/console/console.js", 200),
        ("/console/icon.svg", 200),
        ("/console/sign-in", 200),
        ("/console/", 303),
        ("/console//", 404),
        ("/console/nowhere", 404),
        ("/console/services/VA1", 404),
        ("/console?PageToken=x", 400),
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, status, "{path}");
        replies.push((status, reply));
    }
    replies.push((303, send(&world, "GET", "/console", &[], "").await));
    replies.push((405, browser.send("PUT", "/console", &[], "").await));
    replies.push((
        403,
        browser.send("POST", "/console", &[("origin", ORIGIN)], "").await,
    ));
    world.app.store.faults().fail_after(0);
    replies.push((500, browser.get("/console").await));
    for (status, reply) in replies {
        assert_eq!(reply.status, status, "{}", reply.text);
        assert_eq!(
            reply.headers["content-security-policy"],
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        );
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        assert_eq!(reply.headers["cache-control"], "no-store");
        assert_eq!(reply.headers["referrer-policy"], "same-origin");
        assert!(reply.headers.contains_key("date"));
    }
}

#[tokio::test]
async fn no_page_needs_what_its_policy_forbids() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    for path in every_page(&world, &browser, &phone).await {
        let html = browser.get(&path).await.text;
        for forbidden in [
            " style=",
            " onclick",
            "<style",
            "src=\"http",
            "href=\"http",
            "src=\"//",
            "href=\"//",
        ] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
        assert_eq!(html.matches("<script").count(), 1, "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(!html.contains(AUTH_TOKEN), "{path}");
    }
    let script = browser.get("/console/console.js").await.text;
    for forbidden in ["innerHTML", "eval(", "http", "insertAdjacentHTML", ".style"] {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
    let style = browser.get("/console/console.css").await.text;
    assert!(!style.contains("@import") && !style.contains("url("));
}

const EVIL: &str = "\"><b>x</b>&amp;'";
/// The same, as a page has to write it.
const SHOWN: &str = "&quot;&gt;&lt;b&gt;x&lt;/b&gt;&amp;amp;'";

/// A denied challenge in which every text is evil, and its page.
async fn evil_challenge(world: &World, phone: &Device) -> String {
    let mut form = as_form(&[("FactorSid", phone.sid()), ("Details.Message", EVIL)]);
    let texts = json!({ (EVIL): EVIL }).to_string();
    form.push(
        "Details.Fields",
        json!({ "label": EVIL, "value": EVIL }).to_string(),
    );
    form.push("HiddenDetails", texts.as_str());
    let path = world.at("/Challenges");
    let made = world.post(&path, &form.encode()).await.expect(201);
    let sid = made["sid"].as_str().unwrap();
    let challenge = world.fetch(phone, sid).await;
    let answer = phone.answer(&challenge, Decision::Denied);
    let metadata = as_form(&[("Metadata", &texts)]).encode();
    let (path, auth) = (format!("{path}/{sid}"), phone.auth(world.now()));
    let answered = world
        .send("POST", &path, &auth, &format!("{answer}&{metadata}"))
        .await;
    answered.expect(200);
    format!(
        "/console/services/{}/identities/{IDENTITY}/challenges/{sid}",
        world.service
    )
}

#[tokio::test]
async fn every_text_from_outside_is_shown_and_never_obeyed() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let service = format!("/console/services/{}", world.service);
    browser
        .act(&format!("{service}/settings"), &[("FriendlyName", EVIL)])
        .await;
    let phone = world.verified_device(1).await;
    let name = as_form(&[("FriendlyName", EVIL)]).encode();
    let path = world.at(&format!("/Factors/{}", phone.sid()));
    world.post(&path, &name).await.expect(200);
    let url = ("WebhookUrl", "https://a.example/?\"><b>");
    let hook = [("FriendlyName", EVIL), ("EventTypes", "*"), url];
    let hook = browser.act(&format!("{service}/webhooks"), &hook).await.text;
    assert!(hook.contains("?&quot;&gt;&lt;b&gt;"), "{hook}");

    let mut pages = every_page(&world, &browser, &phone).await;
    pages.push(evil_challenge(&world, &phone).await);
    let query = as_form(&[("identity", EVIL)]).encode();
    pages.push(format!("{service}?{query}"));
    pages.push(format!("{service}/enrol?{query}"));
    pages.push("/console".to_owned());
    for path in pages {
        let html = browser.get(&path).await.text;
        assert!(
            !html.contains("<b>") && !html.contains("\">&lt;"),
            "{path}: {html}"
        );
        assert!(html.contains(SHOWN), "{path}: {html}");
    }
    let sign_in = super::sign_in(&world, EVIL, "x", EVIL).await.text;
    assert!(sign_in.contains(SHOWN) && !sign_in.contains("<b>"));
}

#[tokio::test]
async fn characters_that_nobody_sees_are_seen() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let path = format!("/console/services/{}/settings", world.service);
    let page = browser.act(&path, &[("FriendlyName", "Ac\u{202e}me")]).await;
    assert!(page.text.contains("<bdi>Ac\u{fffd}me</bdi>"), "{}", page.text);
}

#[tokio::test]
async fn a_service_is_made_with_its_push_settings_and_changed() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let fields = [("FriendlyName", "Bank"), ("Push.IncludeDate", "true")];
    let page = browser.act("/console", &fields).await;
    assert!(
        page.text.contains("Bank")
            && page.text.contains("Created.")
            && page.text.contains("Nobody has enrolled yet.")
    );
    let list = world.get("/v2/Services").await.expect(200);
    let bank = &list["services"][1];
    assert_eq!(
        (&bank["friendly_name"], &bank["push"]["include_date"]),
        (&"Bank".into(), &true.into())
    );
    let path = format!("/console/services/{}/settings", bank["sid"].as_str().unwrap());
    let fields = [
        ("FriendlyName", "Bank"),
        ("Countersign.ReportPause", "900"),
        ("Push.FcmCredentialSid", "CR0123456789abcdef0123456789abcdef"),
    ];
    let page = browser.act(&path, &fields).await;
    assert!(page.text.contains("Saved."));
    let bank = &world.get("/v2/Services").await.expect(200)["services"][1];
    assert_eq!(bank["push"]["include_date"], false);
    assert_eq!(bank["countersign"]["report_pause"], 900);
    assert_eq!(
        bank["push"]["fcm_credential_sid"],
        "CR0123456789abcdef0123456789abcdef"
    );
}

#[tokio::test]
async fn an_identity_is_found_by_its_exact_name_and_lists_go_on_behind_the_first_page() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let entities = format!("/v2/Services/{}/Entities", world.service);
    for number in 0..30 {
        world
            .post(&entities, &format!("Identity=person-{number:02}"))
            .await
            .expect(201);
    }
    let path = format!("/console/services/{}", world.service);
    let first = browser.get(&path).await.text;
    assert!(first.contains("person-24") && !first.contains("person-25"));
    let next = first
        .split("<a href=\"")
        .find(|link| link.contains("rel=\"next\""))
        .unwrap();
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    let second = browser.get(&next).await.text;
    assert!(second.contains("person-29") && !second.contains("person-24"));
    assert!(second.contains("rel=\"prev\""));
    let found = browser.get(&format!("{path}?identity=person-29")).await;
    assert_eq!(location(&found), format!("{path}/identities/person-29"));
    let none = browser.get(&format!("{path}?identity=Person-29")).await.text;
    assert!(none.contains("There is no identity"));
}

#[tokio::test]
async fn a_test_challenge_with_a_number_shows_it_here_and_hides_it_there() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let path = format!("/console/services/{}/identities/{IDENTITY}/test", world.service);
    let mut fields = vec![
        ("FactorSid", phone.sid()),
        ("Details.Message", "Pay?"),
        ("Life", "15"),
    ];
    let plain = browser.act(&path, &fields).await.text;
    assert!(plain.contains("Pay?") && !plain.contains("Never shown"));
    fields.extend([("Number", "yes"), ("Label2", " To "), ("Value2", "Bob")]);
    let reply = browser.post(&path, &fields).await;
    let sid = location(&reply).rsplit('/').next().unwrap().to_owned();
    let page = browser.get(location(&reply)).await.text;
    let made = world
        .get(&world.at(&format!("/Challenges/{sid}")))
        .await
        .expect(200);
    assert_eq!(made["hidden_details"]["countersign.match"], "?");
    let (identity, sid) = (IDENTITY.parse().unwrap(), sid.parse().unwrap());
    let store = &world.app.store;
    let kept = store
        .load_challenge(&world.account, &world.service, &identity, &sid)
        .await
        .unwrap()
        .unwrap();
    let number = unseal_number(&world.app.key, &kept).unwrap().unwrap();
    assert_eq!(number.count(), 6);
    let number = number.expose();
    assert!(
        page.contains(&format!("{}\u{a0}{}", &number[..3], &number[3..])),
        "{page}"
    );
    assert!(page.contains("Hidden details") && page.contains("Never shown to the person"));
    assert_eq!(
        made["details"]["fields"],
        serde_json::json!([{"label": "To", "value": "Bob"}])
    );
    assert_eq!(made["expiration_date"], "2026-11-20T05:15:00Z");
    // Once it is over, the large number is gone.
    world.advance(900);
    let over = browser.get(location(&reply)).await.text;
    assert!(over.contains("Nobody answered") && !over.contains("Type this number"));
}

#[tokio::test]
async fn a_report_stands_on_its_challenges_page() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let challenge = world.challenge(&phone).await;
    world
        .answer(&phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
    let path = format!(
        "/console/services/{}/identities/{IDENTITY}/challenges/{sid}",
        world.service
    );
    assert!(!browser.get(&path).await.text.contains("Reported"));
    let report = phone.report(&challenge, "not_me");
    world.report(&phone, &challenge, &report).await.expect(201);
    let page = browser.get(&path).await.text;
    assert!(
        page.contains("Reported") && page.contains("It was not me"),
        "{page}"
    );
}

#[tokio::test]
async fn a_revoked_device_is_out_at_once() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let path = format!(
        "/console/services/{}/identities/{IDENTITY}/factors/{}",
        world.service,
        phone.sid()
    );
    let question = browser.get(&path).await.text;
    assert!(question.contains("Revoke <bdi>This computer</bdi>?") && question.contains("cannot be undone"));
    assert_eq!(
        world.get(&world.at("/Factors")).await.expect(200)["factors"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let page = browser.act(&path, &[]).await.text;
    assert!(page.contains("Revoked.") && page.contains("No device is enrolled."));
    let reply = world
        .send("GET", &world.at("/Challenges"), &phone.auth(world.now()), "")
        .await;
    assert_eq!(reply.refusal(), (401, 20101));
    assert_eq!(browser.post(&path, &[]).await.status, 404);
}

#[tokio::test]
async fn the_programs_are_filled_in_and_hold_no_secret() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let path = format!("/console/services/{}/code", world.service);
    let page = browser.get(&format!("{path}?identity={IDENTITY}")).await.text;
    let base = format!("https://verify.example.com/v2/Services/{}", world.service);
    assert_eq!(page.matches(&format!("{base}/AccessTokens")).count(), 3);
    assert_eq!(
        page.matches(&format!("{base}/Entities/{IDENTITY}/Challenges"))
            .count(),
        6
    );
    assert_eq!(page.matches(phone.sid()).count(), 3);
    // One more is in the introduction.
    assert_eq!(page.matches("COUNTERSIGN_AUTH_TOKEN").count(), 10);
    // Other users of the machine can read a command line, so curl reads the token from its standard input.
    let login = format!(
        "user = &quot;{}:$COUNTERSIGN_AUTH_TOKEN&quot;\nLOGIN",
        world.account
    );
    assert_eq!(page.matches("--config - ").count(), 3);
    assert_eq!(page.matches(&login).count(), 3, "{page}");
    assert!(!page.contains("--user"));
    for placeholder in [
        "{service_url}",
        "{account}",
        "{identity}",
        "{factor}",
        "user-0001x",
        "YFxxx",
    ] {
        assert!(!page.contains(placeholder), "{placeholder}");
    }
    let page = browser.get(&path).await.text;
    assert!(page.contains("user-0001") && page.contains("YFxxx"));
}
