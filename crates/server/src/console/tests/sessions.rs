//! Signing in and out, and who is not signed in.

use countersign_protocol::basic_auth::BasicAuth;

use super::{Browser, as_form, location, send, sign_in};
use crate::{
    rates::Profile,
    server_key::Purpose,
    serving::save_account,
    tests::{AUTH_TOKEN, World},
};

#[tokio::test]
async fn the_right_credentials_give_a_cookie_that_only_the_console_gets() {
    let world = World::new().await;
    let reply = sign_in(&world, world.account.as_str(), AUTH_TOKEN, "").await;
    assert_eq!((reply.status.as_u16(), location(&reply)), (303, "/console"));
    let cookie = reply.headers["set-cookie"].to_str().unwrap();
    let (_, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(
        attributes,
        "Path=/console; Max-Age=28800; HttpOnly; SameSite=Strict; Secure"
    );
    // Sealed: neither the account nor anything of the token can be read from it.
    assert!(!cookie.contains(world.account.as_str()) && !cookie.contains(AUTH_TOKEN));
    let page = Browser::signed_in(&world).await.get("/console").await;
    assert!(page.text.contains(world.account.as_str()) && page.text.contains("Acme"));
    assert!(!page.text.contains(AUTH_TOKEN));
}

#[tokio::test]
async fn all_wrong_credentials_get_the_same_answer() {
    let world = World::new().await;
    let account = world.account.to_string();
    let mut answers = Vec::new();
    for (account, auth_token) in [
        (account.as_str(), "an auth tokeN"),
        (&account, "an auth token "),
        (&account, ""),
        ("AC00000000000000000000000000000000", AUTH_TOKEN),
        ("token", AUTH_TOKEN),
        ("", ""),
    ] {
        let reply = sign_in(&world, account, auth_token, "").await;
        assert_eq!(reply.status, 403, "{account}");
        assert!(!reply.headers.contains_key("set-cookie"), "{account}");
        // What was typed as the account is shown again, and is the only difference.
        answers.push(reply.text.replace(&format!(" value=\"{account}\""), ""));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert!(answers[0].contains("do not belong together"));
}

#[tokio::test]
async fn the_credentials_of_the_api_are_of_no_use_without_a_session() {
    let world = World::new().await;
    let reply = world.get("/console").await;
    assert_eq!(
        (reply.status.as_u16(), location(&reply)),
        (303, "/console/sign-in?back=%2Fconsole")
    );
    let device = BasicAuth::device("a.b.c").to_header();
    assert_eq!(world.send("GET", "/console", &device, "").await.status, 303);
}

/// Whether a request with this cookie is somebody's.
async fn is_signed_in(world: &World, cookie: &str) -> bool {
    let reply = send(world, "GET", "/console", &[("cookie", cookie)], "").await;
    match reply.status.as_u16() {
        200 => true,
        303 => false,
        other => panic!("{other}: {}", reply.text),
    }
}

#[tokio::test]
async fn a_cookie_has_to_be_whole_ours_and_alone() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let cookie = browser.cookie.clone();
    let (name, sealed) = cookie.split_once('=').unwrap();
    assert!(is_signed_in(&world, &cookie).await);
    assert!(is_signed_in(&world, &format!("other=1; {cookie}; more=2")).await);
    let flipped = |at: usize| {
        let mut letters: Vec<char> = sealed.chars().collect();
        letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
        letters.into_iter().collect::<String>()
    };
    // What was sealed by the same key for something else.
    let page = world.app.key.seal_text(Purpose::Page("/console"), b"{}");
    let account = world.account.to_string();
    let token = world.app.key.seal_text(Purpose::AuthToken(&account), b"{}");
    let forged = [
        String::new(),
        flipped(0),
        flipped(sealed.len() / 2),
        sealed[..sealed.len() - 2].to_owned(),
        format!("{sealed}A"),
        format!("{{\"account\":\"{account}\"}}"),
        page,
        token,
    ];
    for forged in forged {
        assert!(
            !is_signed_in(&world, &format!("{name}={forged}")).await,
            "{forged}"
        );
    }
    assert!(!is_signed_in(&world, &format!("{cookie}; {cookie}")).await);
    assert!(!is_signed_in(&world, &format!("x{cookie}")).await);
    let elsewhere = World::new().await;
    assert!(!is_signed_in(&elsewhere, &cookie).await);
}

#[tokio::test]
async fn a_session_ends_after_eight_hours_whatever_happens_in_it() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    world.advance(4 * 3600);
    assert!(is_signed_in(&world, &browser.cookie).await);
    world.advance(4 * 3600 - 1);
    assert!(is_signed_in(&world, &browser.cookie).await);
    world.advance(1);
    assert!(!is_signed_in(&world, &browser.cookie).await);
    let late = browser.post("/console", &[("FriendlyName", "Late")]).await;
    assert_eq!(
        (late.status.as_u16(), location(&late)),
        (303, "/console/sign-in?back=%2Fconsole")
    );
    assert!(!world.get("/v2/Services").await.text.contains("Late"));
}

#[tokio::test]
async fn a_new_auth_token_ends_every_session_of_the_account() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let save = async |token: &str| {
        save_account(
            &world.app.store,
            &world.app.key,
            &world.account,
            &token.into(),
            &world.clock,
        )
        .await
        .unwrap();
    };
    // The same token sealed anew, as at every start, ends nothing.
    save(AUTH_TOKEN).await;
    assert!(is_signed_in(&world, &browser.cookie).await);
    save("another auth token").await;
    assert!(!is_signed_in(&world, &browser.cookie).await);
}

#[tokio::test]
async fn whoever_guesses_auth_tokens_has_to_wait_here_as_at_the_api() {
    let world = World::with_rates(Profile::Usual).await;
    let guess = "AC00000000000000000000000000000000";
    let mut reply = sign_in(&world, guess, "a guess", "").await;
    for _ in 0..100 {
        if reply.status != 403 {
            break;
        }
        reply = sign_in(&world, guess, "a guess", "").await;
    }
    assert_eq!(reply.status, 429, "{}", reply.text);
    let wait: i64 = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(reply.text.contains("Too many attempts"), "{}", reply.text);
    assert!(reply.text.contains(&format!("{wait} seconds")), "{}", reply.text);
    world.advance(wait);
    assert_eq!(sign_in(&world, guess, "a guess", "").await.status, 403);
}

#[tokio::test]
async fn signing_out_takes_the_cookie_away() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let reply = browser.post("/console/sign-out", &[]).await;
    assert_eq!(
        (reply.status.as_u16(), location(&reply)),
        (303, "/console/sign-in")
    );
    assert_eq!(
        reply.headers["set-cookie"],
        "countersign_console=; Path=/console; Max-Age=0; HttpOnly; SameSite=Strict; Secure"
    );
}

#[tokio::test]
async fn whoever_signs_in_comes_back_to_a_page_of_the_console_and_nowhere_else() {
    let world = World::new().await;
    let page = format!("/console/services/{}?identity=user-0001", world.service);
    let reply = send(&world, "GET", &page, &[], "").await;
    let asked = location(&reply).to_owned();
    let form = send(&world, "GET", &asked, &[], "").await;
    assert_eq!(super::field(&form.text, "back"), page);
    let reply = sign_in(&world, world.account.as_str(), AUTH_TOKEN, &page).await;
    assert_eq!(location(&reply), page);
    for elsewhere in [
        "https://evil.example/",
        "//evil.example",
        "/v2/Services",
        "/console/services/../../v2/Services",
        "/console/services/\\evil",
        "/console/services/x\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
    ] {
        let reply = sign_in(&world, world.account.as_str(), AUTH_TOKEN, elsewhere).await;
        assert_eq!(location(&reply), "/console", "{elsewhere}");
    }
}

#[tokio::test]
async fn nobody_is_signed_in_by_another_sites_form() {
    let world = World::new().await;
    let form = as_form(&[("account", world.account.as_str()), ("auth_token", AUTH_TOKEN)]).encode();
    for headers in [
        &[][..],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", super::ORIGIN)],
    ] {
        let reply = send(&world, "POST", "/console/sign-in", headers, &form).await;
        assert_eq!(reply.status, 403, "{headers:?}");
        assert!(!reply.headers.contains_key("set-cookie"));
    }
}
