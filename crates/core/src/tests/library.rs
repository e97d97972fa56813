use countersign_protocol::{
    challenge_response::Decision,
    resources::challenge::{ChallengeStatus, Order},
    sid::FactorSid,
};
use serde_json::json;

use super::{
    double::{IDENTITY, SERVICE, Said, TOKEN},
    setup::{Setup, config},
};
use crate::{
    AnswerError, FactorStatus,
    client::{ChallengeListPayload, ClientError, FactorPayload, UpdateFactorPayload, VerifyClient},
};

pub(super) fn payload() -> FactorPayload {
    FactorPayload {
        friendly_name: "Ada's desk".to_owned(),
        service_sid: SERVICE.parse().unwrap(),
        identity: IDENTITY.parse().unwrap(),
        access_token: TOKEN.to_owned().into(),
        metadata: Some([("os".to_owned(), "Linux".to_owned())].into()),
        issuer: None,
        account: None,
    }
}

fn list(factor: &FactorSid) -> ChallengeListPayload {
    ChallengeListPayload {
        factor_sid: factor.clone(),
        page_size: 2,
        status: None,
        order: Order::Asc,
        page_token: None,
    }
}

#[tokio::test]
async fn every_operation_of_the_mobile_libraries_is_there() {
    let setup = Setup::new().await;
    let client = VerifyClient::open(
        config(&setup.home, &setup.keys, &setup.clock),
        setup.double.url.clone(),
    )
    .await
    .unwrap();
    let created = client.create_factor(payload()).await.unwrap();
    assert_eq!(
        (created.status, created.friendly_name.as_str()),
        (FactorStatus::Unverified, "Ada's desk")
    );
    let body = setup.double.state().log[0].body.clone();
    assert!(body.ends_with("&Metadata=%7B%22os%22%3A%22Linux%22%7D"), "{body}");
    assert_eq!(
        client.verify_factor(&created.sid).await.unwrap().status,
        FactorStatus::Verified
    );
    assert_eq!(
        client.verify_factor(&created.sid).await.unwrap().status,
        FactorStatus::Verified
    );

    let renamed = UpdateFactorPayload {
        sid: created.sid.clone(),
        friendly_name: Some("Work".to_owned()),
    };
    assert_eq!(client.update_factor(renamed).await.unwrap().friendly_name, "Work");
    let stored = client.factors().await.unwrap();
    assert_eq!((stored.len(), stored[0].friendly_name.as_str()), (1, "Work"));
    assert_eq!(stored[0].metadata, payload().metadata);

    let sids: Vec<_> = ["one", "two", "three"]
        .map(|it| setup.double.challenge(&created.sid, it))
        .into();
    let challenge = client.challenge(&sids[0], &created.sid).await.unwrap();
    assert_eq!((challenge.message.as_str(), challenge.fields.len()), ("one", 1));
    client
        .update_challenge(&created.sid, &sids[0], Decision::Denied)
        .await
        .unwrap();
    assert_eq!(setup.double.status(&sids[0]), "denied");

    client.delete_factor(&created.sid).await.unwrap();
    assert!(setup.keys.ids().is_empty() && setup.double.state().factors.is_empty());
    assert!(matches!(
        client.delete_factor(&created.sid).await,
        Err(ClientError::NoSuchFactor)
    ));
}

#[tokio::test]
async fn lists_take_status_order_size_and_token() {
    let (setup, factor) = Setup::enrolled().await;
    let client = setup.app.client(setup.double.url.clone());
    let sids: Vec<_> = ["one", "two", "three"]
        .map(|it| setup.double.challenge(&factor.sid, it))
        .into();
    setup.double.change(&sids[1], "status", json!("approved"));
    let messages = async |payload: &ChallengeListPayload| {
        let page = client.challenges(payload).await.unwrap();
        (
            page.challenges
                .into_iter()
                .map(|it| it.message)
                .collect::<Vec<_>>(),
            page.metadata,
        )
    };
    let (first, metadata) = messages(&list(&factor.sid)).await;
    assert_eq!(first, ["one", "two"]);
    assert_eq!(
        (metadata.page, metadata.page_size, &metadata.previous_page_token),
        (0, 2, &None)
    );
    let next = ChallengeListPayload {
        page_token: metadata.next_page_token,
        ..list(&factor.sid)
    };
    let (second, metadata) = messages(&next).await;
    assert_eq!(second, ["three"]);
    assert_eq!(
        (metadata.next_page_token, metadata.previous_page_token.is_some()),
        (None, true)
    );
    let pending = ChallengeListPayload {
        status: Some(ChallengeStatus::Pending),
        order: Order::Desc,
        ..list(&factor.sid)
    };
    assert_eq!(messages(&pending).await.0, ["three", "one"]);
    for page_size in [0, 1001] {
        let bad = ChallengeListPayload {
            page_size,
            ..list(&factor.sid)
        };
        assert!(matches!(
            client.challenges(&bad).await,
            Err(ClientError::Input { .. })
        ));
    }
}

#[tokio::test]
async fn the_librarys_own_checks_are_those_of_the_mobile_libraries() {
    let (setup, factor) = Setup::enrolled().await;
    let client = setup.app.client(setup.double.url.clone());
    let sid = setup.double.challenge(&factor.sid, "?");
    client
        .update_challenge(&factor.sid, &sid, Decision::Approved)
        .await
        .unwrap();
    let again = client
        .update_challenge(&factor.sid, &sid, Decision::Approved)
        .await;
    assert!(
        matches!(again, Err(AnswerError::AlreadyAnswered { .. })),
        "{again:?}"
    );
    let late = setup.double.challenge(&factor.sid, "?");
    setup.servers_clock.advance(jiff::SignedDuration::from_mins(6));
    let expired = client
        .update_challenge(&factor.sid, &late, Decision::Approved)
        .await;
    assert!(matches!(expired, Err(AnswerError::Expired { .. })), "{expired:?}");
    assert_eq!(setup.double.count("POST /Challenges/one"), 1);
    let nobody = "YF00000000000000000000000000000000".parse().unwrap();
    assert!(matches!(
        client.challenge(&sid, &nobody).await,
        Err(ClientError::NoSuchFactor)
    ));
}

#[tokio::test]
async fn clearing_the_local_storage_deletes_keys_and_leaves_the_server_alone() {
    let (setup, shown) = Setup::asked().await;
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    setup.double.take_log();
    setup
        .app
        .client(setup.double.url.clone())
        .clear_local_storage()
        .await
        .unwrap();
    assert!(setup.keys.ids().is_empty() && setup.app.factors().await.unwrap().is_empty());
    assert!(setup.app.history(10).await.unwrap().is_empty());
    assert!(setup.double.take_log().is_empty());
    assert_eq!(setup.double.state().factors.len(), 1);
}

#[tokio::test]
async fn errors_carry_the_apis_code_and_message_and_when_to_come_back() {
    let (setup, factor) = Setup::enrolled().await;
    let client = setup.app.client(setup.double.url.clone());
    for when in ["17", "Fri, 20 Nov 2026 05:00:17 GMT"] {
        let limited = Said::error(429, 20429).with("Retry-After", when);
        setup.double.once("GET /Challenges", limited);
        match client.challenges(&list(&factor.sid)).await {
            Err(ClientError::Refused { error, retry_after }) => {
                assert_eq!((error.code, error.status), (20429, 429));
                assert_eq!(error.message, "said by the double");
                assert_eq!(retry_after, Some(std::time::Duration::from_secs(17)), "{when}");
            }
            other => panic!("{other:?}"),
        }
    }
    setup.double.once("GET /Challenges", Said::reply(500, "<html>"));
    let refused = client.challenges(&list(&factor.sid)).await;
    assert!(
        matches!(&refused, Err(ClientError::Refused { error, .. }) if error.code == 0),
        "{refused:?}"
    );
}

#[tokio::test]
async fn plain_http_to_another_computer_is_never_asked() {
    use crate::client::http::{Ask, Http};
    let app = crate::AppIdentity {
        name: "x".to_owned(),
        version: "1".to_owned(),
    };
    let http = Http::new(None, &app, crate::fault::Faults::none());
    let auth = countersign_protocol::basic_auth::BasicAuth::device("t");
    for url in [
        "http://verify.example/v2/x",
        "ftp://127.0.0.1/x",
        "http://localhost.example/x",
    ] {
        let ask = Ask {
            method: reqwest::Method::GET,
            url: url.parse().unwrap(),
            form: None,
            known: None,
        };
        assert!(http.send(ask, &auth).await.is_err(), "{url}");
    }
}
