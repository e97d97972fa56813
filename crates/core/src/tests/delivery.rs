//! Answers over networks and servers that do not behave.

use serde_json::json;

use super::{answering::approve, double::Said, setup::Setup};
use crate::{AnswerError, Answered, ChallengeStatus};

#[tokio::test]
async fn a_cut_connection_ends_in_what_the_person_chose() {
    for said in [Said::Cut, Said::CutAfter] {
        let (setup, shown) = Setup::asked().await;
        setup.double.once("POST /Challenges/one", said.clone());
        let answered = approve(&setup, &shown).await.unwrap();
        assert_eq!(answered.status, ChallengeStatus::Approved, "{said:?}");
        assert_eq!(setup.double.status(&shown.sid), "approved", "{said:?}");
        assert_eq!(setup.double.state().answers.len(), 1, "{said:?}");
    }
}

#[tokio::test]
async fn a_server_error_after_the_answer_was_taken_is_seen_through() {
    let (setup, shown) = Setup::asked().await;
    let mut first = true;
    setup.double.on_a_whim(move |asked| {
        (asked.is_post_of_challenge() && std::mem::take(&mut first)).then(|| Said::error(502, 0))
    });
    approve(&setup, &shown).await.unwrap();
    assert_eq!(setup.double.count("POST /Challenges/one"), 2);
}

#[tokio::test]
async fn a_refusal_because_our_own_answer_is_there_already_is_success() {
    let (setup, shown) = Setup::asked().await;
    let mut first = true;
    setup.double.on_a_whim(move |asked| {
        // The first POST is carried out and its answer lost; a proxy sends it again and hands over what that got.
        (asked.is_post_of_challenge() && std::mem::take(&mut first)).then_some(Said::CutAfter)
    });
    approve(&setup, &shown).await.unwrap();

    let (setup, shown) = Setup::asked().await;
    let sid = shown.sid.clone();
    let mut first = true;
    let approved = {
        let mut challenge = setup.double.state().challenges[&sid].clone();
        challenge["status"] = json!("approved");
        challenge
    };
    setup.double.on_a_whim(move |asked| {
        if asked.is_post_of_challenge() {
            return Some(Said::error(403, 60322));
        }
        let after = asked.kind() == "GET /Challenges/one" && !std::mem::take(&mut first);
        after.then(|| Said::reply(200, approved.to_string()))
    });
    let answered = approve(&setup, &shown).await.unwrap();
    assert_eq!(answered.status, ChallengeStatus::Approved);
}

#[tokio::test]
async fn a_refusal_because_another_answer_is_there_already_says_which() {
    let (setup, shown) = Setup::asked().await;
    let denied = {
        let mut challenge = setup.double.state().challenges[&shown.sid].clone();
        challenge["status"] = json!("denied");
        challenge
    };
    let mut gets = 0;
    setup.double.on_a_whim(move |asked| {
        if asked.is_post_of_challenge() {
            return Some(Said::error(403, 60322));
        }
        gets += 1;
        (gets > 1).then(|| Said::reply(200, denied.to_string()))
    });
    let refused = approve(&setup, &shown).await;
    let status = ChallengeStatus::Denied;
    assert!(
        matches!(refused, Err(AnswerError::AlreadyAnswered { status: s, .. }) if s == status),
        "{refused:?}"
    );
}

#[tokio::test]
async fn going_offline_after_the_post_is_said_to_be_unknown_and_settled_by_the_next_check() {
    let (setup, shown) = Setup::asked().await;
    let mut posted = false;
    setup.double.on_a_whim(move |asked| {
        if asked.is_post_of_challenge() {
            posted = true;
            return Some(Said::CutAfter);
        }
        posted.then_some(Said::Cut)
    });
    let unknown = approve(&setup, &shown).await;
    assert!(
        matches!(unknown, Err(AnswerError::Offline { sent: true, .. })),
        "{unknown:?}"
    );
    setup.double.behave();
    setup.check().await;
    let history = setup.app.history(10).await.unwrap();
    assert_eq!(
        (history[0].status, history[0].answered_here),
        (ChallengeStatus::Approved, true)
    );
    assert!(history[0].signed_response.is_some());
}

#[tokio::test]
async fn the_answer_to_the_post_suffices_where_the_last_get_does_not_get_through() {
    let (setup, shown) = Setup::asked().await;
    let mut posted = false;
    setup.double.on_a_whim(move |asked| {
        let cut = posted;
        posted |= asked.is_post_of_challenge();
        cut.then_some(Said::Cut)
    });
    assert_eq!(
        approve(&setup, &shown).await.unwrap().status,
        ChallengeStatus::Approved
    );
}

#[tokio::test]
async fn offline_means_that_nothing_was_answered_and_nothing_is_sent_later() {
    let (setup, shown) = Setup::asked().await;
    setup.double.on_a_whim(|_| Some(Said::Cut));
    let offline = approve(&setup, &shown).await;
    assert!(
        matches!(offline, Err(AnswerError::Offline { sent: false, .. })),
        "{offline:?}"
    );
    setup.double.behave();
    setup.check().await;
    assert_eq!(setup.double.status(&shown.sid), "pending");
    assert_eq!(setup.open_sids().await, std::slice::from_ref(&shown.sid));
    approve(&setup, &shown).await.unwrap();
}

/// The server says this to both tries, still shows the request as open, and takes the answer afterwards.
async fn approved_later(said: &Said) -> (Setup, Result<Answered, AnswerError>) {
    let (setup, shown) = Setup::asked().await;
    let says = said.clone();
    setup
        .double
        .on_a_whim(move |asked| asked.is_post_of_challenge().then(|| says.clone()));
    let answered = approve(&setup, &shown).await;
    setup.double.behave();
    setup.check().await;
    assert_eq!(setup.open_sids().await, std::slice::from_ref(&shown.sid));
    setup.double.change(&shown.sid, "status", json!("approved"));
    setup.check().await;
    (setup, answered)
}

#[tokio::test]
async fn an_answer_that_the_server_has_not_refused_stays_ours_whenever_it_is_taken() {
    for said in [
        Said::reply(200, ""),
        Said::reply(202, ""),
        Said::reply(504, "<html>"),
        Said::error(500, 20500),
        Said::error(403, 60322),
        Said::Cut,
    ] {
        let (setup, unknown) = approved_later(&said).await;
        assert!(
            matches!(
                unknown,
                Err(AnswerError::NotUpdated { .. } | AnswerError::Offline { sent: true, .. })
            ),
            "{said:?}: {unknown:?}"
        );
        let history = setup.app.history(10).await.unwrap();
        let ours = history[0].answered_here && history[0].signed_response.is_some();
        assert!(ours, "{said:?}");
    }
}

#[tokio::test]
async fn what_refuses_the_second_try_alone_says_nothing_of_the_first() {
    for (second, is_known) in [
        (Said::error(429, 20429), false),
        (Said::reply(403, "<html>"), false),
        (Said::error(403, 60324), true),
    ] {
        let (setup, shown) = Setup::asked().await;
        let mut tries = [Said::reply(504, ""), second.clone()].into_iter();
        setup
            .double
            .on_a_whim(move |asked| asked.is_post_of_challenge().then(|| tries.next()).flatten());
        let answered = approve(&setup, &shown).await;
        let refused = matches!(answered, Err(AnswerError::Refused(_)));
        assert_eq!(refused, is_known, "{second:?}: {answered:?}");
        setup.double.change(&shown.sid, "status", json!("approved"));
        setup.check().await;
        let history = setup.app.history(10).await.unwrap();
        assert_eq!(history[0].answered_here, !is_known, "{second:?}");
    }
}

#[tokio::test]
async fn an_approval_that_comes_through_after_it_was_to_be_denied_is_still_ours() {
    let (setup, shown) = Setup::asked().await;
    setup
        .double
        .on_a_whim(|asked| asked.is_post_of_challenge().then(|| Said::reply(504, "")));
    approve(&setup, &shown).await.unwrap_err();
    let mut approved = setup.double.state().challenges[&shown.sid].clone();
    approved["status"] = json!("approved");
    let mut posted = false;
    setup.double.on_a_whim(move |asked| {
        posted |= asked.is_post_of_challenge();
        match asked.kind().as_str() {
            "POST /Challenges/one" => Some(Said::error(403, 60322)),
            "GET /Challenges/one" if posted => Some(Said::reply(200, approved.to_string())),
            _ => None,
        }
    });
    let denied = setup.app.deny(&shown.sid, &shown.digest).await;
    assert!(
        matches!(
            denied,
            Err(AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Approved,
                ..
            })
        ),
        "{denied:?}"
    );
    let history = setup.app.history(10).await.unwrap();
    assert_eq!(
        (history[0].status, history[0].answered_here),
        (ChallengeStatus::Approved, true)
    );
}

#[tokio::test]
async fn a_refused_signature_is_handed_on_with_its_code() {
    let (setup, shown) = Setup::asked().await;
    setup.double.once("POST /Challenges/one", Said::error(403, 60324));
    let refused = approve(&setup, &shown).await;
    assert!(
        matches!(&refused, Err(AnswerError::Refused(error)) if error.code == 60324),
        "{refused:?}"
    );
    approve(&setup, &shown).await.unwrap();
}

#[tokio::test]
async fn two_clicks_at_once_are_one_answer() {
    let (setup, shown) = Setup::asked().await;
    let (first, second) = tokio::join!(approve(&setup, &shown), approve(&setup, &shown));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    assert_eq!(setup.double.count("POST /Challenges/one"), 1);
}
