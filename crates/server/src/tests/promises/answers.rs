//! Every status and code that the document names is brought about.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{Decision, Response},
    device_jwt,
    form::Form,
    jws,
};
use jiff::SignedDuration;

use super::stage::{PUSH_TOKEN, Stage, bad, is_needed, sid};
use crate::{
    operations::{Answer, Caller, Extra, Operation, Route},
    rates::Profile,
    tests::{
        Device, IDENTITY, Reply, World,
        attacks::bounds::no_statement_reads_a_whole_table,
        document::ROUTES,
        totp::{Authenticator, answer},
    },
};

#[tokio::test]
async fn every_answer_that_the_document_names_is_given() {
    let stage = Stage::new().await;
    let deletes = |route: &&Route| matches!(route.operation.answer, Answer::Deleted);
    for route in ROUTES.iter().filter(|route| !deletes(route)) {
        refusals_of_the_form(&stage, route).await;
        refusals_of_the_caller(&stage, route).await;
        successes(&stage, route).await;
    }
    refusals_of_notifications(&stage).await;
    refusals_of_challenges(&stage).await;
    refusals_of_reports(&stage).await;
    refusals_of_codes(&stage).await;
    refusals_of_factors(&stage).await;
    refusals_of_rates(&stage).await;
    // What deletes comes last, from the inside out.
    let mut deletions: Vec<_> = ROUTES.iter().filter(deletes).collect();
    deletions.sort_by_key(|route| std::cmp::Reverse(route.path.len()));
    for route in deletions {
        refusals_of_the_caller(&stage, route).await;
        stage.world.delete(&stage.path(route)).await;
    }
    no_statement_reads_a_whole_table(&stage.world, "every answer").await;

    let seen = stage.world.seen.lock().unwrap();
    for Route { path, operation, .. } in ROUTES.iter() {
        let refusals = operation.refusals(path).into_iter();
        let mut named: BTreeSet<u64> = refusals.map(|code| code.number().into()).collect();
        named.insert(operation.answer.status().into());
        if operation.extras.contains(&Extra::Waits) {
            named.insert(304);
        }
        let given = seen.iter().filter(|(id, _)| *id == operation.id);
        let given: BTreeSet<_> = given.map(|(_, seen)| *seen).collect();
        assert_eq!(given, named, "{}", operation.id);
    }
}

/// At a server that has heard too many wrong auth tokens.
async fn refusals_of_rates(stage: &Stage) {
    let limited = World::with_rates(Profile::Usual).await;
    let wrong = BasicAuth {
        user: limited.account.to_string(),
        password: "a wrong auth token".to_owned(),
    };
    for _ in 0..20 {
        limited.send("GET", "/v2/Services", &wrong.to_header(), "").await;
    }
    let counts = |route: &&Route| route.operation.callers.contains(&Caller::Account);
    for route in ROUTES.iter().filter(counts) {
        let path = stage.path(route);
        let reply = limited
            .send(route.method.as_str(), &path, &wrong.to_header(), "")
            .await;
        assert_eq!(reply.refusal(), (429, 20429), "{path}");
    }
    // A device that has asked too often is heard with nothing.
    let limited_device = World::with_rates(Profile::Usual).await;
    let phone = limited_device.verified_device(1).await;
    let auth = phone.auth(limited_device.now());
    for _ in 0..60 {
        limited_device
            .send("GET", &limited_device.at("/Challenges"), &auth, "")
            .await;
    }
    for route in ROUTES
        .iter()
        .filter(|route| route.operation.callers.contains(&Caller::Device))
    {
        let path = stage.path(route);
        let reply = limited_device.send(route.method.as_str(), &path, &auth, "").await;
        assert_eq!(reply.refusal(), (429, 20429), "{path}");
    }
    for world in [&limited, &limited_device] {
        let seen = world.seen.lock().unwrap();
        let refused = seen.iter().filter(|(_, code)| *code == 20429).copied();
        stage.world.seen.lock().unwrap().extend(refused);
    }
}

/// What is enough for success: the example of every required parameter.
fn body(stage: &Stage, operation: &Operation) -> String {
    if operation.id == "UpdateChallenge" {
        return "Metadata=%7B%7D".to_owned();
    }
    let mut form = Form::default();
    for parameter in operation.body().filter(|parameter| is_needed(parameter)) {
        form.push(parameter.name, stage.example(parameter));
    }
    form.encode()
}

async fn successes(stage: &Stage, route: &Route) {
    let world = &stage.world;
    let (method, path) = (route.method.as_str(), stage.path(route));
    let mut form = body(stage, route.operation);
    if route.operation.id == "CreateEntity" {
        // Its example is the entity that is there.
        let reply = world.post(&path, &form).await;
        assert_eq!(reply.refusal(), (409, 60301));
        form = "Identity=user-0009".to_owned();
    }
    world.send(method, &path, &stage.auth(route), &form).await;
    if route.operation.extras.contains(&Extra::Waits) {
        let list = matches!(route.operation.answer, Answer::Page(..));
        let (path, auth) = if list {
            (format!("{path}?Status=pending"), stage.phone.auth(world.now()))
        } else {
            (path, world.backend())
        };
        let known = world.send(method, &path, &auth, "").await;
        let request = Request::get(&path).header("authorization", auth);
        let request = request.header("if-none-match", &known.headers["etag"]);
        let reply = world.send_request(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, 304);
    }
}

async fn refusals_of_the_form(stage: &Stage, route: &Route) {
    let world = &stage.world;
    let (method, path) = (route.method.as_str(), stage.path(route));
    for parameter in route.operation.query().chain(route.operation.body()) {
        for values in bad(parameter.kind) {
            stage.try_values(route, parameter, &values).await;
        }
        stage
            .try_values(route, parameter, &["a".to_owned(), "b".to_owned()])
            .await;
    }
    for unreadable in ["%zz".to_owned(), "a".repeat(65 * 1024)] {
        world.send(method, &path, &stage.auth(route), &unreadable).await;
    }
    world
        .send(method, &format!("{path}?%zz"), &stage.auth(route), "")
        .await;
    world
        .send(
            method,
            &stage.nowhere(route),
            &stage.auth(route),
            &body(stage, route.operation),
        )
        .await;
}

/// Credentials of nobody, and of each kind of caller with everything that can be wrong with them.
async fn refusals_of_the_caller(stage: &Stage, route: &Route) {
    let world = &stage.world;
    let (method, path) = (route.method.as_str(), stage.path(route));
    let form = body(stage, route.operation);
    let send = async |auth: &str| world.send(method, &path, auth, &form).await;
    for (caller, credentials) in [
        (Caller::Device, wrong_tokens(stage)),
        (Caller::AccessToken, wrong_permissions(stage).await),
    ] {
        for auth in credentials {
            let reply = send(&auth).await;
            if !route.operation.callers.is_empty() {
                assert!(
                    matches!(reply.status.as_u16(), 401 | 403),
                    "{} {caller:?}: {}",
                    route.operation.id,
                    reply.text
                );
            }
        }
    }
    let reply = send("").await;
    if route.operation.callers.is_empty() {
        reply.expect(200);
        return;
    }
    assert_eq!(reply.refusal(), (401, 20003));
    if !route.operation.callers.contains(&Caller::Device) {
        let reply = send(&stage.phone.auth(world.now())).await;
        assert_eq!(reply.status, 401, "{}: {}", route.operation.id, reply.text);
    }
    world
        .send(method, &stage.nowhere(route), &stage.auth(route), &form)
        .await;
}

/// Device tokens, each with one thing wrong.
fn wrong_tokens(stage: &Stage) -> Vec<String> {
    let now = stage.world.now();
    let credential = stage.phone.factor["config"]["credential_sid"].as_str().unwrap();
    let account = stage.world.account.as_str();
    let token = |input: String| BasicAuth::device(stage.phone.seal(&input)).to_header();
    let at = |seconds| {
        token(device_jwt::signing_input(
            credential,
            account,
            now + SignedDuration::from_secs(seconds),
        ))
    };
    let long = format!(
        r#"{{"sub":"{account}","exp":{},"nbf":{}}}"#,
        now.as_second() + 601,
        now.as_second()
    );
    let header = format!(r#"{{"cty":"twilio-pba;v=1","kid":"{credential}","typ":"JWT","alg":"ES256"}}"#);
    vec![
        BasicAuth::device("garbage").to_header(),
        stage.phone.forger().auth(now),
        token(device_jwt::signing_input(
            credential,
            "AC00000000000000000000000000000000",
            now,
        )),
        at(-721),
        at(121),
        token(jws::signing_input(&header, &long)),
    ]
}

/// Access tokens that do not allow to enrol.
async fn wrong_permissions(stage: &Stage) -> Vec<String> {
    let other = stage.world.access_token("user-0002").await;
    vec![BasicAuth::device("garbage").to_header(), other]
}

async fn refusals_of_factors(stage: &Stage) {
    let (world, phone) = (&stage.world, &stage.phone);
    let path = world.at(&format!("/Factors/{}", phone.sid()));
    assert_eq!(
        world.post(&path, &phone.forger().proof()).await.refusal(),
        (403, 60311)
    );
    let path = world.at("/Factors");
    assert_eq!(world.post(&path, &phone.creation()).await.refusal(), (409, 60317));
    let mut seed = 100;
    let refused = loop {
        seed += 1;
        let made = world.post(&path, &Device::new(seed).creation()).await;
        if made.status != 201 {
            break made;
        }
    };
    assert_eq!(refused.refusal(), (400, 60315));
    let path = path.replace(IDENTITY, "user-0003");
    for _ in 0..100 {
        let made = world.post(&path, &Device::new(1).creation()).await;
        world.delete(&format!("{path}/{}", sid(&made))).await;
    }
    assert_eq!(
        world.post(&path, &Device::new(1).creation()).await.refusal(),
        (429, 60326)
    );

    let token = world.access_token("user-0004").await;
    world.advance(61);
    let path = path.replace("user-0003", "user-0004");
    assert_eq!(
        world
            .send("POST", &path, &token, &Device::new(1).creation())
            .await
            .refusal(),
        (401, 20104)
    );
}

async fn refusals_of_challenges(stage: &Stage) {
    let (world, phone) = (&stage.world, &stage.phone);
    let (path, laptop) = (world.at("/Challenges"), world.unverified_device(2).await);
    let unverified = laptop.auth(world.now());
    let question = format!("FactorSid={}&Details.Message=Hi", laptop.sid());
    assert_eq!(world.post(&path, &question).await.refusal(), (403, 60318));
    let one = format!("{path}/{}", stage.challenge);
    for (method, path) in [("GET", &path), ("GET", &one), ("POST", &one)] {
        let reply = world.send(method, path, &unverified, "AuthPayload=x").await;
        assert_eq!(reply.refusal(), (403, 60318));
    }
    let challenge = world.challenge(phone).await;
    let forged = phone.forger().answer(&challenge, Decision::Approved);
    let path = format!("{path}/{}", sid(&challenge));
    assert_eq!(world.post(&path, &forged).await.refusal(), (403, 60324));
    world
        .answer(phone, &challenge, Decision::Approved)
        .await
        .expect(200);
    let again = world.answer(phone, &challenge, Decision::Approved).await;
    assert_eq!(again.refusal(), (403, 60322));
    for wrong in 0..11 {
        let number = "&HiddenDetails=%7B%22countersign.match%22%3A%2242%22%7D";
        let question = format!("FactorSid={}&Details.Message=Hi{number}", phone.sid());
        let asked = world.post(&world.at("/Challenges"), &question).await;
        if wrong == 10 {
            assert_eq!(asked.refusal(), (429, 160_391));
            break;
        }
        let challenge = world.fetch(phone, &sid(&asked)).await;
        let reply = world.answer(phone, &challenge, Decision::Approved).await;
        assert_eq!(reply.refusal(), (400, 160_390));
        if wrong == 9 {
            // The same answer again would be the same try.
            let other = Response {
                decision: Decision::Approved,
                number: Some("24".parse().unwrap()),
            };
            let reply = world.answer(phone, &challenge, other).await;
            assert_eq!(reply.refusal(), (429, 160_391));
        }
    }
    let late = world.challenge(phone).await;
    world.advance(300);
    let reply = world.answer(phone, &late, Decision::Approved).await;
    assert_eq!(reply.refusal(), (403, 60323));
}

async fn refusals_of_codes(stage: &Stage) {
    let world = &stage.world;
    let slow = Authenticator::verified(world, "Config.CodeLength=3").await;
    let refused = loop {
        let asked = slow.challenge(world).await;
        if asked.status != 201 {
            break asked;
        }
    };
    assert_eq!(refused.refusal(), (429, 60312));

    let guessed = Authenticator::unverified(world, "").await;
    let wrong = guessed.wrong_code(world);
    let refused = loop {
        let guess = guessed.verify(world, &wrong).await;
        if guess.status != 200 {
            break guess;
        }
    };
    assert_eq!(refused.refusal(), (429, 60310));

    let authenticator = &stage.authenticator;
    let wrong = authenticator.wrong_code(world);
    let waiting = authenticator.challenge(world).await.json();
    for _ in 0..20 {
        let asked = authenticator.challenge(world).await.json();
        for _ in 0..5 {
            answer(world, &asked, &wrong).await.expect(200);
        }
        assert_eq!(answer(world, &asked, &wrong).await.refusal(), (429, 60308));
    }
    assert_eq!(answer(world, &waiting, &wrong).await.refusal(), (429, 60310));
    assert_eq!(authenticator.challenge(world).await.refusal(), (429, 60310));
}

async fn refusals_of_reports(stage: &Stage) {
    let (world, phone) = (&stage.world, &stage.phone);
    let service = format!("/v2/Services/{}", world.service);
    world
        .post(&service, "Countersign.ReportPause=60")
        .await
        .expect(200);
    let challenge = world.challenge(phone).await;
    let report = async |by: &Device| {
        world
            .report(phone, &challenge, &by.report(&challenge, "not_me"))
            .await
    };
    assert_eq!(report(phone).await.refusal(), (409, 160_392));
    world
        .answer(phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    assert_eq!(report(&phone.forger()).await.refusal(), (403, 60324));
    report(phone).await.expect(201);
    assert_eq!(report(phone).await.refusal(), (409, 160_393));
    let question = format!("FactorSid={}&Details.Message=Hi", phone.sid());
    let asked = world.post(&world.at("/Challenges"), &question).await;
    assert_eq!(asked.refusal(), (429, 160_394));
    world.advance(60);
}

async fn refusals_of_notifications(stage: &Stage) {
    let (world, phone) = (&stage.world, &stage.phone);
    let notify = async |challenge: &Reply| {
        let path = world.at(&format!("/Challenges/{}/Notifications", sid(challenge)));
        world.post(&path, "").await
    };
    let factor = world.at(&format!("/Factors/{}", phone.sid()));
    let (answered, pending) = (world.challenge(phone).await, world.challenge(phone).await);
    world
        .post(&factor, "Config.NotificationPlatform=none")
        .await
        .expect(200);
    assert_eq!(notify(&pending).await.refusal(), (400, 60307));
    let push = format!("Config.NotificationPlatform=fcm&Config.NotificationToken={PUSH_TOKEN}");
    world.post(&factor, &push).await.expect(200);
    for _ in 0..3 {
        notify(&pending).await.expect(201);
    }
    assert_eq!(notify(&pending).await.refusal(), (429, 60309));
    world.answer(phone, &answered, Decision::Denied).await.expect(200);
    assert_eq!(notify(&answered).await.refusal(), (403, 60322));
    world.advance(300);
    assert_eq!(notify(&pending).await.refusal(), (403, 60323));
}
