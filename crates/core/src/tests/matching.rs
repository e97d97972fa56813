//! Number matching: nothing is approved without the number, whoever compares it.

use std::time::Duration;

use countersign_protocol::{
    challenge_response::{self, Decision, Response, SignatureFields},
    json::Members,
    sid::{ChallengeSid, FactorSid},
};
use serde_json::json;

use super::{double::Said, log, setup::Setup};
use crate::{AnswerError, Answered, ChallengeStatus, CheckedBy, MatchNumber, NumberAsked, Request};

const RIGHT: &str = "042137";
const WRONG: &str = "042138";
const WAYS: [CheckedBy; 2] = [CheckedBy::App, CheckedBy::Server];

fn number(digits: &str) -> MatchNumber {
    digits.parse().unwrap()
}

/// Asks for [`RIGHT`].
fn ask(setup: &Setup, factor: &FactorSid, way: CheckedBy) -> ChallengeSid {
    match way {
        CheckedBy::App => setup.double.matched(factor, RIGHT),
        CheckedBy::Server => setup.double.matched_here(factor, RIGHT),
    }
}

async fn asked(way: CheckedBy) -> (Setup, Request) {
    let (setup, factor) = Setup::enrolled().await;
    let sid = ask(&setup, &factor.sid, way);
    let shown = setup.show(&sid).await;
    setup.double.take_log();
    (setup, shown)
}

async fn type_in(setup: &Setup, shown: &Request, digits: &str) -> Result<Answered, AnswerError> {
    setup
        .app
        .approve_with(&shown.sid, &shown.digest, &number(digits).into())
        .await
}

/// How many tries an error leaves; `None` if it is another error.
fn left(answered: &Result<Answered, AnswerError>) -> Option<u32> {
    match answered {
        Err(AnswerError::WrongNumber { tries_left }) => Some(*tries_left),
        _ => None,
    }
}

/// What the double made of the only answer that it took.
fn taken(setup: &Setup, shown: &Request) -> Response {
    let state = setup.double.state();
    let [(sid, answer)] = &state.answers[..] else {
        panic!("one answer is taken: {:?}", state.answers);
    };
    assert_eq!(*sid, shown.sid);
    let challenge = Members::parse(state.challenges[sid].to_string().as_bytes()).unwrap();
    let fields = SignatureFields::parse("sid,hidden_details").unwrap();
    let key = &state.factors[&shown.factor_sid].key;
    challenge_response::verify(answer, &challenge, &fields, key).unwrap()
}

#[tokio::test]
async fn a_request_says_that_it_asks_for_a_number_and_who_compares() {
    for way in WAYS {
        let (_setup, shown) = asked(way).await;
        let expected = NumberAsked {
            checked_by: way,
            digits: (way == CheckedBy::App).then_some(6),
            tries_left: 3,
        };
        assert_eq!(shown.number, Some(expected));
    }
    let (_setup, shown) = Setup::asked().await;
    assert_eq!(shown.number, None);
}

#[tokio::test]
async fn nothing_is_signed_without_the_number() {
    for way in WAYS {
        let (setup, shown) = asked(way).await;
        let without = setup.app.approve(&shown.sid, &shown.digest).await;
        assert!(matches!(without, Err(AnswerError::NumberNeeded)), "{without:?}");
        assert_eq!(setup.double.count("POST /Challenges/one"), 0);
        assert_eq!(setup.show(&shown.sid).await.number.unwrap().tries_left, 3);
    }
}

#[tokio::test]
async fn the_right_number_approves() {
    for way in WAYS {
        let (setup, shown) = asked(way).await;
        let answered = type_in(&setup, &shown, RIGHT).await.unwrap();
        assert_eq!(answered.status, ChallengeStatus::Approved);
        let sent = (way == CheckedBy::Server).then(|| number(RIGHT));
        let expected = Response {
            decision: Decision::Approved,
            number: sent,
        };
        assert_eq!(
            taken(&setup, &shown),
            expected,
            "only who compares is told what was typed"
        );
        let history = setup.app.history(10).await.unwrap();
        assert_eq!(
            (history[0].number_checked_by, history[0].wrong_numbers),
            (Some(way), 0)
        );
    }
}

#[tokio::test]
async fn a_number_that_the_app_finds_wrong_is_not_sent() {
    let (setup, shown) = asked(CheckedBy::App).await;
    for digits in [WRONG, "42137"] {
        let answered = type_in(&setup, &shown, digits).await;
        assert!(left(&answered).is_some(), "{answered:?}");
    }
    assert_eq!(setup.double.count("POST /Challenges/one"), 0);
}

#[tokio::test]
async fn three_wrong_numbers_deny_also_across_restarts() {
    for way in WAYS {
        let (mut setup, shown) = asked(way).await;
        for expected in [2, 1, 0] {
            let answered = type_in(&setup, &shown, WRONG).await;
            assert_eq!(left(&answered), Some(expected), "{way:?} {answered:?}");
            setup.restart().await;
            if expected > 0 {
                let number = setup.show(&shown.sid).await.number.unwrap();
                assert_eq!(number.tries_left, expected, "{way:?}");
            }
        }
        assert_eq!(setup.double.status(&shown.sid), "denied");
        let late = type_in(&setup, &shown, RIGHT).await;
        let denied = ChallengeStatus::Denied;
        assert!(
            matches!(late, Err(AnswerError::AlreadyAnswered { status, .. }) if status == denied),
            "{way:?} {late:?}"
        );
        let history = setup.app.history(10).await.unwrap();
        assert_eq!(history[0].status, denied);
        assert_eq!(history[0].answered_here, way == CheckedBy::App);
        assert_eq!(history[0].wrong_numbers, 3);
    }
}

#[tokio::test]
async fn once_the_tries_are_spent_the_right_number_denies_as_well() {
    let (mut setup, shown) = asked(CheckedBy::App).await;
    for _ in 0..2 {
        type_in(&setup, &shown, WRONG).await.unwrap_err();
    }
    setup
        .double
        .on_a_whim(|asked| asked.is_post_of_challenge().then_some(Said::Cut));
    let third = type_in(&setup, &shown, WRONG).await;
    assert!(
        matches!(third, Err(AnswerError::Offline { .. })),
        "the denial did not get through: {third:?}"
    );
    setup.double.behave();
    setup.restart().await;
    assert_eq!(setup.show(&shown.sid).await.number.unwrap().tries_left, 0);
    let late = type_in(&setup, &shown, RIGHT).await;
    assert_eq!(left(&late), Some(0), "{late:?}");
    assert_eq!(setup.double.status(&shown.sid), "denied");
}

#[tokio::test]
async fn after_two_wrong_numbers_the_right_one_approves() {
    for way in WAYS {
        let (setup, shown) = asked(way).await;
        type_in(&setup, &shown, WRONG).await.unwrap_err();
        type_in(&setup, &shown, WRONG).await.unwrap_err();
        type_in(&setup, &shown, RIGHT).await.unwrap();
        assert_eq!(setup.double.status(&shown.sid), "approved");
        let history = setup.app.history(10).await.unwrap();
        assert_eq!((history[0].answered_here, history[0].wrong_numbers), (true, 2));
    }
}

#[tokio::test]
async fn the_right_number_is_no_try_however_often_the_way_is_cut() {
    for way in WAYS {
        let (setup, shown) = asked(way).await;
        for _ in 0..4 {
            setup
                .double
                .on_a_whim(|asked| asked.is_post_of_challenge().then_some(Said::Cut));
            let cut = type_in(&setup, &shown, RIGHT).await;
            assert!(matches!(cut, Err(AnswerError::Offline { .. })), "{way:?} {cut:?}");
        }
        setup.double.behave();
        assert_eq!(setup.show(&shown.sid).await.number.unwrap().tries_left, 3);
        type_in(&setup, &shown, RIGHT).await.unwrap();
    }
}

#[tokio::test]
async fn a_denial_needs_no_number_and_carries_none() {
    for way in WAYS {
        let (setup, shown) = asked(way).await;
        setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
        assert_eq!(taken(&setup, &shown), Decision::Denied.into());
    }
}

#[tokio::test]
async fn a_number_that_nobody_asked_for_is_refused() {
    let (setup, shown) = Setup::asked().await;
    let answered = type_in(&setup, &shown, RIGHT).await;
    assert!(
        matches!(answered, Err(AnswerError::NumberNotAsked)),
        "{answered:?}"
    );
    assert_eq!(setup.double.status(&shown.sid), "pending");
}

#[tokio::test]
async fn a_number_that_changed_since_the_request_was_shown_costs_no_try() {
    let (setup, shown) = asked(CheckedBy::App).await;
    let hidden = json!({"action_id": "a-1", "countersign.match": WRONG});
    setup.double.change(&shown.sid, "hidden_details", hidden);
    let answered = type_in(&setup, &shown, RIGHT).await;
    assert!(
        matches!(&answered, Err(AnswerError::ChangedSinceShown { now }) if now.number.unwrap().tries_left == 3),
        "{answered:?}"
    );
}

#[tokio::test]
async fn one_number_approves_one_request() {
    for way in WAYS {
        let (setup, factor) = Setup::enrolled().await;
        let (one, two) = (ask(&setup, &factor.sid, way), ask(&setup, &factor.sid, way));
        setup.check().await;
        let inbox = setup.app.inbox().await.unwrap();
        assert_eq!(inbox.requests.len(), 2, "{way:?}: each is shown on its own");
        let shown = setup.show(&one).await;
        let answered = type_in(&setup, &shown, RIGHT).await.unwrap();
        assert!(
            answered.twins.is_empty() && answered.twins_left.is_empty(),
            "{way:?}"
        );
        assert_eq!(setup.double.status(&two), "pending", "{way:?}");
    }
}

#[tokio::test]
async fn a_factor_that_the_server_has_locked_is_told_until_when() {
    let (setup, shown) = asked(CheckedBy::Server).await;
    let locked = Said::error(429, 160_391).with("Retry-After", "3600");
    setup.double.once("POST /Challenges/one", locked);
    let answered = type_in(&setup, &shown, RIGHT).await;
    let hour = Some(Duration::from_secs(3600));
    assert!(
        matches!(answered, Err(AnswerError::NumberLocked { retry_after }) if retry_after == hour),
        "{answered:?}"
    );
    assert_eq!(setup.show(&shown.sid).await.number.unwrap().tries_left, 3);
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
}

#[tokio::test]
async fn a_request_for_a_number_that_nobody_can_type_is_not_shown() {
    let (setup, factor) = Setup::enrolled().await;
    for digits in ["", "1", "123456789", "12 34", "??"] {
        setup.double.matched(&factor.sid, digits);
    }
    let good = setup.double.matched(&factor.sid, "99");
    setup.check().await;
    assert_eq!(setup.open_sids().await, [good]);
}

#[tokio::test]
async fn the_number_reaches_no_log_and_no_debug_output() {
    const SECRET: &str = "73190246";
    let (lines, shown) = log::record(async {
        let (setup, factor) = Setup::enrolled().await;
        let sid = setup.double.matched(&factor.sid, SECRET);
        setup.check().await;
        let request = setup.show(&sid).await;
        let wrong = type_in(&setup, &request, "73190247").await;
        let answered = type_in(&setup, &request, SECRET).await;
        let history = setup.app.history(10).await.unwrap();
        let stored = setup.app.request(&sid).await.unwrap();
        format!(
            "{request:?} {wrong:?} {answered:?} {history:?} {stored:?} {:?}",
            number(SECRET)
        )
    })
    .await;
    assert!(!lines.contains("7319024"), "{lines}");
    assert!(!shown.contains("7319024"), "{shown}");
}

#[tokio::test]
async fn the_library_holds_to_the_same_rules() {
    let (setup, shown) = asked(CheckedBy::App).await;
    let client = setup.app.client(setup.double.url.clone());
    let without = client
        .update_challenge(&shown.factor_sid, &shown.sid, Decision::Approved)
        .await;
    assert!(matches!(without, Err(AnswerError::NumberNeeded)), "{without:?}");
    let typed = |digits| Response {
        decision: Decision::Approved,
        number: Some(number(digits)),
    };
    let wrong = client
        .update_challenge(&shown.factor_sid, &shown.sid, typed(WRONG))
        .await;
    assert!(
        matches!(wrong, Err(AnswerError::WrongNumber { tries_left: 2 })),
        "{wrong:?}"
    );
    client
        .update_challenge(&shown.factor_sid, &shown.sid, typed(RIGHT))
        .await
        .unwrap();
}

/// The n-th call to the store, the keychain or the network fails, or the program ends there. Whatever is typed then,
/// nobody gets more than three tries out of it, and the right number still approves where there is a try left.
#[tokio::test]
async fn a_fault_anywhere_wins_no_try() {
    for way in WAYS {
        for death in [false, true] {
            for n in 0.. {
                assert!(n < 200);
                let (mut setup, shown) = asked(way).await;
                if death {
                    setup.faults.die_at(n);
                } else {
                    setup.faults.fail_once(n);
                }
                let first = type_in(&setup, &shown, WRONG).await;
                assert!(first.is_err());
                let struck = setup.faults.heal();
                setup.restart().await;
                let before = u32::from(left(&first).is_some());
                let mut told = before;
                while setup.double.status(&shown.sid) == "pending" {
                    let answered = type_in(&setup, &shown, WRONG).await;
                    assert!(answered.is_err());
                    told += u32::from(left(&answered).is_some());
                    assert!(told <= 3, "{way:?} {death} {n}");
                }
                assert_eq!(setup.double.status(&shown.sid), "denied", "{way:?} {death} {n}");
                if !struck {
                    break;
                }
            }
        }
    }
}
