//! Forms that are not ours, and what is not this account's.

use super::{Browser, ORIGIN, as_form, every_form, every_page, location, send};
use crate::tests::World;

/// Everything that a form could change, as the API tells it.
async fn everything(world: &World) -> Vec<String> {
    let service = format!("/v2/Services/{}", world.service);
    let mut all = Vec::new();
    for path in [
        "/v2/Services".to_owned(),
        format!("{service}/Webhooks"),
        format!("{service}/Entities"),
        world.at("/Factors"),
        world.at("/Challenges"),
    ] {
        all.push(world.get(&path).await.text);
    }
    let tokens = world.app.store.dump("SELECT sid FROM access_tokens").await;
    all.push(tokens.len().to_string());
    all
}

#[tokio::test]
async fn a_form_without_its_sessions_token_changes_nothing() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (mine, other) = (Browser::signed_in(&world).await, Browser::signed_in(&world).await);
    assert_ne!(mine.form_token, other.form_token);
    let before = everything(&world).await;
    for (path, fields) in every_form(world.service.as_str(), &phone) {
        for token in ["", "0", &other.form_token, &mine.form_token.to_uppercase()] {
            let mut form = as_form(&fields);
            form.push("form_token", token);
            let reply = mine
                .send("POST", &path, &[("origin", ORIGIN)], &form.encode())
                .await;
            assert_eq!(reply.status, 403, "{path}");
            assert!(reply.text.contains("Nothing was changed"), "{path}");
            assert!(!reply.headers.contains_key("set-cookie"), "{path}");
        }
        let none = mine
            .send("POST", &path, &[("origin", ORIGIN)], &as_form(&fields).encode())
            .await;
        assert_eq!(none.status, 403, "{path}");
    }
    assert_eq!(everything(&world).await, before);
}

#[tokio::test]
async fn a_form_from_another_page_changes_nothing_even_with_the_token() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let before = everything(&world).await;
    for (path, fields) in every_form(world.service.as_str(), &phone) {
        let mut form = as_form(&fields);
        form.push("form_token", browser.form_token.as_str());
        for headers in [
            &[][..],
            &[("origin", "https://evil.example")],
            &[("origin", "http://verify.example.com")],
            &[("origin", "https://verify.example.com.evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)],
            &[("sec-fetch-site", "same-site"), ("origin", ORIGIN)],
            &[("sec-fetch-site", "none")],
            &[("origin", ORIGIN), ("origin", "https://evil.example")],
        ] {
            let reply = browser.send("POST", &path, headers, &form.encode()).await;
            assert_eq!(reply.status, 403, "{path} {headers:?}");
        }
    }
    assert_eq!(everything(&world).await, before);
}

#[tokio::test]
async fn our_own_pages_are_those_at_the_public_address_and_at_the_one_that_was_asked() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let mut form = as_form(&[("FriendlyName", "One more")]);
    form.push("form_token", browser.form_token.as_str());
    for headers in [
        &[("origin", ORIGIN), ("host", "127.0.0.1:8080")][..],
        &[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
        &[("sec-fetch-site", "same-origin")],
    ] {
        let reply = browser.send("POST", "/console", headers, &form.encode()).await;
        assert_eq!(reply.status, 303, "{headers:?}: {}", reply.text);
    }
}

#[tokio::test]
async fn what_belongs_to_another_account_does_not_exist() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let owner = Browser::signed_in(&world).await;
    let mut pages = every_page(&world, &owner, &phone).await;
    let webhooks = pages
        .iter()
        .position(|page| page.contains("/webhooks/YW"))
        .unwrap();
    let webhook = pages[webhooks].rsplit('/').next().unwrap().to_owned();
    pages.sort();
    world.make_account(0xbb).await;
    let stranger = countersign_protocol::sid::AccountSid::from_random([0xbb; 16]);
    let stranger = Browser::signed_in_as(&world, stranger.as_str()).await;
    let before = everything(&world).await;
    let unknown = "VA00000000000000000000000000000000";
    for page in &pages {
        assert_eq!(owner.get(page).await.status, 200, "{page}");
        let foreign = stranger.get(page).await;
        assert_eq!(foreign.status, 404, "{page}");
        let missing = stranger.get(&page.replace(world.service.as_str(), unknown)).await;
        assert_eq!(missing.text, foreign.text, "{page}");
    }
    for (path, fields) in every_form(world.service.as_str(), &phone) {
        if !path.contains("/services/") {
            continue;
        }
        let path = path.replace("YW00000000000000000000000000000000", &webhook);
        let reply = stranger.post(&path, &fields).await;
        assert_eq!(reply.status, 404, "{path}");
    }
    assert_eq!(everything(&world).await, before);
    assert!(!stranger.get("/console").await.text.contains("Acme"));
}

#[tokio::test]
async fn what_is_wrong_in_a_form_is_said_above_it_and_what_was_typed_stays() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let service = format!("/console/services/{}", world.service);
    let test = format!("{service}/identities/{}/test", crate::tests::IDENTITY);
    let long = "x".repeat(300);
    let before = everything(&world).await;
    for (path, fields) in [
        ("/console".to_owned(), vec![("FriendlyName", long.as_str())]),
        (format!("{service}/enrol"), vec![("identity", "ada@example.com")]),
        (
            format!("{service}/webhooks"),
            vec![("FriendlyName", "Hook"), ("WebhookUrl", "ftp://a.example/")],
        ),
        (
            test,
            vec![("FactorSid", phone.sid()), ("Details.Message", long.as_str())],
        ),
    ] {
        let reply = browser.post(&path, &fields).await;
        assert_eq!(reply.status, 422, "{path}: {}", reply.text);
        assert!(reply.text.contains("Nothing was changed."), "{path}");
        let (name, typed) = fields.last().unwrap();
        assert_eq!(
            super::field(&reply.text.replace(" type=\"url\"", ""), name),
            *typed,
            "{path}"
        );
    }
    assert_eq!(everything(&world).await, before);
}

#[tokio::test]
async fn nothing_is_deleted_without_the_tick() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let webhooks = format!("/console/services/{}/webhooks", world.service);
    let hook = [
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://a.example/"),
    ];
    let made = browser.post(&webhooks, &hook).await;
    let webhook = location(&made).split('?').next().unwrap().to_owned();
    browser.act(&format!("{webhook}/delete"), &[]).await;
    assert_eq!(browser.get(&webhook).await.status, 200);
    let list = browser
        .act(&format!("{webhook}/delete"), &[("sure", "yes")])
        .await;
    assert!(list.text.contains("Deleted.") && list.text.contains("No webhooks yet."));
    assert_eq!(browser.get(&webhook).await.status, 404);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_with_a_page() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    for (body, status) in [("form_token=%zz", 400), (&*"a".repeat(70_000), 413)] {
        let reply = browser
            .send("POST", "/console", &[("origin", ORIGIN)], body)
            .await;
        assert_eq!(reply.status, status);
        assert!(reply.text.starts_with("<!DOCTYPE html>"), "{}", reply.text);
    }
    let reply = send(&world, "DELETE", "/console", &[], "").await;
    assert_eq!(
        (reply.status.as_u16(), &reply.headers["allow"]),
        (405, &"GET,HEAD,POST".parse().unwrap())
    );
}
