//! Who may do what: forged, borrowed, expired and foreign credentials.

use countersign_protocol::{basic_auth::BasicAuth, challenge_response::Decision, device_jwt, jws};

use super::{Device, IDENTITY, Reply, World};

fn device(token: impl Into<String>) -> String {
    BasicAuth::device(token).to_header()
}

#[tokio::test]
async fn wrong_account_credentials_all_look_the_same() {
    let world = World::new().await;
    let account = world.account.to_string();
    let basic = |user: &str, password: &str| {
        BasicAuth {
            user: user.to_owned(),
            password: password.to_owned(),
        }
        .to_header()
    };
    let good = world.backend();
    let mut answers = Vec::new();
    for header in [
        "".to_owned(),
        "Basic".to_owned(),
        "Bearer abc".to_owned(),
        "Basic !!!".to_owned(),
        basic(&account, ""),
        basic(&account, "an auth tokeN"),
        basic(&account, "an auth token "),
        basic("AC00000000000000000000000000000000", "an auth token"),
        basic("nobody", "\0"),
        basic("", ""),
        good.to_uppercase(),
    ] {
        let reply = world.send("GET", "/v2/Services", &header, "").await;
        assert_eq!(reply.refusal(), (401, 20003), "{header}");
        assert_eq!(reply.headers["www-authenticate"], "Basic realm=\"Countersign\"");
        answers.push(reply.text);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    world.send("GET", "/v2/Services", &good, "").await.expect(200);
}

#[tokio::test]
async fn two_authorization_headers_are_none() {
    let world = World::new().await;
    let request = axum::http::Request::get("/v2/Services")
        .header("authorization", world.backend())
        .header("authorization", world.backend());
    let reply = world
        .send_request(request.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(reply.refusal(), (401, 20003));
}

#[tokio::test]
async fn another_account_sees_what_does_not_exist() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.challenge(&phone).await.json();
    let stranger = world.make_account(0xbb).await;
    let service = world.service.to_string();
    let unknown = "VA00000000000000000000000000000000";
    for path in [
        format!("/v2/Services/{service}"),
        format!("/v2/Services/{service}/Entities"),
        format!("/v2/Services/{service}/Webhooks"),
        world.at(""),
        world.at("/Factors"),
        world.at(&format!("/Factors/{}", phone.sid())),
        world.at("/Challenges"),
        world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap())),
    ] {
        let foreign = world.send("GET", &path, &stranger, "").await;
        assert_eq!(foreign.refusal(), (404, 20404), "{path}");
        let nowhere = path.replace(&service, unknown);
        let missing = world.send("GET", &nowhere, &stranger, "").await;
        assert_eq!(missing.text.replace(unknown, &service), foreign.text);
        if path != world.at("/Factors") && path != world.at("/Challenges") {
            let deleted = world.send("DELETE", &path, &stranger, "").await;
            assert!(matches!(deleted.status.as_u16(), 404 | 405), "{path}");
        }
    }
    let list = world.send("GET", "/v2/Services", &stranger, "").await.expect(200);
    assert_eq!(list["services"], serde_json::json!([]));
    world
        .get(&world.at(&format!("/Factors/{}", phone.sid())))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_device_reaches_its_own_challenges_and_nothing_else() {
    let world = World::new().await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let theirs = world.challenge(&laptop).await;
    let sid = theirs.json()["sid"].as_str().unwrap().to_owned();
    let auth = phone.auth(world.now());
    let get = async |path: &str| world.send("GET", path, &auth, "").await;

    assert_eq!(world.fetch(&phone, &sid).await.refusal(), (404, 20404));
    let forged = phone.answer(&theirs, Decision::Approved);
    let path = world.at(&format!("/Challenges/{sid}"));
    assert_eq!(
        world.send("POST", &path, &auth, &forged).await.refusal(),
        (404, 20404)
    );
    let forged = world
        .send("POST", &path, &laptop.auth(world.now()), &forged)
        .await;
    assert_eq!(forged.refusal(), (403, 60324));

    let own = get(&world.at("/Challenges")).await.expect(200);
    assert_eq!(own["challenges"], serde_json::json!([]));
    let path = world.at(&format!("/Challenges?FactorSid={}", laptop.sid()));
    assert_eq!(get(&path).await.refusal(), (404, 20404));
    let path = world.at(&format!("/Factors/{}", laptop.sid()));
    assert_eq!(
        world.send("DELETE", &path, &auth, "").await.refusal(),
        (404, 20404)
    );
    for path in [
        "/v2/Services".to_owned(),
        world.at(""),
        world.at("/Factors"),
        "/v2/Forms/form-push".to_owned(),
    ] {
        assert_eq!(get(&path).await.refusal(), (401, 20003), "{path}");
    }
    assert_eq!(world.fetch(&laptop, &sid).await.json()["status"], "pending");
}

/// What a device JWT says.
struct Claims {
    kid: String,
    cty: &'static str,
    sub: String,
    nbf: i64,
    exp: i64,
}

impl Claims {
    fn right(world: &World, device: &Device) -> Self {
        let now = world.now().as_second();
        Self {
            kid: device.factor["config"]["credential_sid"]
                .as_str()
                .unwrap()
                .to_owned(),
            cty: device_jwt::CONTENT_TYPE,
            sub: world.account.to_string(),
            nbf: now,
            exp: now + 600,
        }
    }

    fn signing_input(&self) -> String {
        let Self {
            kid,
            cty,
            sub,
            nbf,
            exp,
        } = self;
        jws::signing_input(
            &format!(r#"{{"cty":"{cty}","kid":"{kid}","typ":"JWT","alg":"ES256"}}"#),
            &format!(r#"{{"sub":"{sub}","exp":{exp},"nbf":{nbf}}}"#),
        )
    }
}

async fn ask(world: &World, token: String) -> Reply {
    world
        .send("GET", &world.at("/Challenges"), &device(token), "")
        .await
}

#[tokio::test]
async fn a_device_token_has_to_be_genuine() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let claims = || Claims::right(&world, &phone);
    let good = claims().signing_input();
    let unknown = "CR00000000000000000000000000000000".to_owned();
    let stranger = "AC00000000000000000000000000000000".to_owned();
    ask(&world, phone.seal(&good)).await.expect(200);
    for (token, code) in [
        (String::new(), 20160),
        ("a.b.c".to_owned(), 20160),
        (good.clone(), 20160),
        (format!("{good}."), 20160),
        (format!("{}A", phone.seal(&good)), 20160),
        (Device::new(9).seal(&good), 20101),
        (
            phone.seal(
                &Claims {
                    kid: unknown,
                    ..claims()
                }
                .signing_input(),
            ),
            20101,
        ),
        (
            phone.seal(
                &Claims {
                    kid: "anything".to_owned(),
                    ..claims()
                }
                .signing_input(),
            ),
            20101,
        ),
        (
            phone.seal(
                &Claims {
                    cty: "twilio-fpa;v=1",
                    ..claims()
                }
                .signing_input(),
            ),
            20101,
        ),
        (
            phone.seal(
                &Claims {
                    sub: stranger,
                    ..claims()
                }
                .signing_input(),
            ),
            20103,
        ),
    ] {
        let reply = ask(&world, token.clone()).await;
        assert_eq!(reply.refusal(), (401, code), "{token}");
        assert_eq!(reply.headers["date"], "Fri, 20 Nov 2026 05:00:00 GMT");
    }
}

#[tokio::test]
async fn a_device_token_has_to_be_timely_by_two_minutes() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let now = world.now().as_second();
    for (nbf, exp, code) in [
        (now, now + 600, None),
        (now + 120, now + 720, None),
        (now - 720, now - 120, None),
        (now, now + 601, Some(20156)),
        (now, now, Some(20156)),
        (i64::MIN, i64::MAX, Some(20156)),
        (now + 121, now + 600, Some(20105)),
        (now - 721, now - 121, Some(20104)),
    ] {
        let claims = Claims {
            nbf,
            exp,
            ..Claims::right(&world, &phone)
        };
        let reply = ask(&world, phone.seal(&claims.signing_input())).await;
        match code {
            None => assert_eq!(reply.status, 200),
            Some(code) => assert_eq!(reply.refusal(), (401, code)),
        }
    }
}

#[tokio::test]
async fn no_token_passes_for_another_kind() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.challenge(&phone).await;
    let answer = phone.answer(&challenge, Decision::Approved);
    let answer = answer.strip_prefix("AuthPayload=").unwrap().to_owned();
    let jwt = phone.auth(world.now());
    let access_token = world.access_token(IDENTITY).await;
    let list = world.at("/Challenges");
    assert_eq!(
        world.send("GET", &list, &device(answer), "").await.refusal(),
        (401, 20101)
    );
    assert_eq!(
        world.send("GET", &list, &access_token, "").await.refusal(),
        (401, 20160)
    );
    let creation = Device::new(3).creation();
    assert_eq!(
        world
            .send("POST", &world.at("/Factors"), &jwt, &creation)
            .await
            .refusal(),
        (401, 20101)
    );
    let path = world.at(&format!(
        "/Challenges/{}",
        challenge.json()["sid"].as_str().unwrap()
    ));
    let jwt = BasicAuth::parse(&jwt).unwrap().password;
    let reply = world
        .send("POST", &path, &device(jwt.clone()), &super::payload(&jwt))
        .await;
    assert_eq!(reply.refusal(), (403, 60324));
}

#[tokio::test]
async fn an_unverified_device_may_verify_and_go_but_not_read() {
    let world = World::new().await;
    let phone = world.unverified_device(1).await;
    let auth = phone.auth(world.now());
    assert_eq!(
        world
            .send("GET", &world.at("/Challenges"), &auth, "")
            .await
            .refusal(),
        (403, 60318)
    );
    let path = world.at(&format!("/Factors/{}", phone.sid()));
    world
        .send("POST", &path, &auth, "FriendlyName=Mine")
        .await
        .expect(200);
    assert_eq!(world.send("DELETE", &path, &auth, "").await.status, 204);
    assert_eq!(
        world.send("DELETE", &path, &auth, "").await.refusal(),
        (401, 20101)
    );
}

#[tokio::test]
async fn a_device_finds_no_other_identity_and_no_other_service() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let entities = format!("/v2/Services/{}/Entities", world.service);
    world.post(&entities, "Identity=user-0002").await.expect(201);
    let other = world.make_service("FriendlyName=Other").await;
    let entities = format!("/v2/Services/{other}/Entities");
    world
        .post(&entities, &format!("Identity={IDENTITY}"))
        .await
        .expect(201);
    let own = world.at("/Challenges");
    world
        .send("GET", &own, &phone.auth(world.now()), "")
        .await
        .expect(200);
    for path in [
        own.replace(IDENTITY, "user-0002"),
        own.replace(IDENTITY, "user-0003"),
        own.replace(world.service.as_str(), other.as_str()),
        own.replace(world.service.as_str(), "VA00000000000000000000000000000000"),
    ] {
        let reply = world.send("GET", &path, &phone.auth(world.now()), "").await;
        assert_eq!(reply.refusal(), (404, 20404), "{path}");
    }
}
