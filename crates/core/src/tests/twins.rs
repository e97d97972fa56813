//! Requests for one action: shown once, answered together, and none of them unseen.

use serde_json::json;

use super::setup::Setup;
use crate::ShownDigest;

#[tokio::test]
async fn requests_for_one_action_are_shown_once_and_answered_together() {
    let (setup, factor) = Setup::enrolled().await;
    let second = setup.app.enrol(&setup.double.link()).await.unwrap();
    let action = json!({"action_id": "a-1"});
    let one = setup
        .double
        .challenge_with(&factor.sid, "Sign in?", action.clone());
    let two = setup
        .double
        .challenge_with(&second.sid, "Sign in?", action.clone());
    let other = setup
        .double
        .challenge_with(&second.sid, "Pay 10 000 EUR?", action);
    setup.check().await;
    let inbox = setup.app.inbox().await.unwrap();
    assert_eq!(
        inbox.requests.len(),
        2,
        "equal details are shown once, others on their own"
    );
    let shown = inbox.requests.iter().find(|it| it.message == "Sign in?").unwrap();
    assert_eq!(shown.twins.len(), 1);
    let answered = setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    assert_eq!(answered.twins, shown.twins);
    let status = |sid| setup.double.status(sid);
    assert_eq!(
        [status(&one), status(&two), status(&other)],
        ["approved", "approved", "pending"]
    );
    assert_eq!(
        setup
            .app
            .history(10)
            .await
            .unwrap()
            .iter()
            .filter(|it| it.answered_here)
            .count(),
        2
    );
}

#[tokio::test]
async fn a_twin_that_changed_is_left_and_said_to_be_left() {
    let (setup, factor) = Setup::enrolled().await;
    let action = json!({"action_id": "a-1"});
    let one = setup
        .double
        .challenge_with(&factor.sid, "Sign in?", action.clone());
    let two = setup.double.challenge_with(&factor.sid, "Sign in?", action);
    setup.check().await;
    let shown = setup.app.request(&one).await.unwrap();
    setup
        .double
        .change(&two, "details", json!({"message": "Pay 10 000 EUR?"}));
    let answered = setup.app.approve(&one, &shown.digest).await.unwrap();
    assert_eq!(
        (answered.twins.len(), answered.twins_left),
        (0, vec![two.clone()])
    );
    assert_eq!(setup.double.status(&two), "pending");
}

#[tokio::test]
async fn a_twin_that_came_after_the_person_looked_waits_for_a_look_of_its_own() {
    let (mut setup, factor) = Setup::enrolled().await;
    let action = json!({"action_id": "a-1"});
    let ask = |setup: &Setup| {
        setup
            .double
            .challenge_with(&factor.sid, "Sign in?", action.clone())
    };
    let (one, two) = (ask(&setup), ask(&setup));
    setup.check().await;
    let shown = setup.show(&one).await;
    let late = ask(&setup);
    setup.check().await;
    // The digest goes through a page or a terminal, and perhaps through another process.
    let digest: ShownDigest = shown.digest.to_string().parse().unwrap();
    setup.restart().await;
    let answered = setup.app.approve(&one, &digest).await.unwrap();
    assert_eq!(
        (&answered.twins, &answered.twins_left),
        (&vec![two], &vec![late.clone()])
    );
    assert_eq!(setup.double.status(&late), "pending");
    assert_eq!(setup.open_sids().await, [late]);
}

#[tokio::test]
async fn a_twin_that_is_not_what_it_was_when_it_was_shown_is_not_answered() {
    let (setup, factor) = Setup::enrolled().await;
    let action = json!({"action_id": "a-1"});
    let ask = || {
        setup
            .double
            .challenge_with(&factor.sid, "Sign in?", action.clone())
    };
    let (one, two, three) = (ask(), ask(), ask());
    setup.check().await;
    let shown = setup.show(&one).await;
    setup
        .double
        .change(&two, "expiration_date", json!("2026-11-20T05:59:00Z"));
    setup
        .double
        .change(&three, "details", json!({"message": "Pay 10 000 EUR?"}));
    setup.check().await;
    let answered = setup.app.approve(&one, &shown.digest).await.unwrap();
    assert_eq!(
        (answered.twins.len(), answered.twins_left),
        (0, vec![two.clone()]),
        "the other one is no twin any more"
    );
    for sid in [&two, &three] {
        assert_eq!(setup.double.status(sid), "pending");
    }
}

#[tokio::test]
async fn what_differs_in_anything_that_is_signed_is_no_twin() {
    let (setup, factor) = Setup::enrolled().await;
    let hidden = |amount| json!({"action_id": "a-1", "amount": amount});
    let ask = |amount| setup.double.challenge_with(&factor.sid, "Pay?", hidden(amount));
    let (one, _) = (ask("1"), ask("10000"));
    setup.check().await;
    let shown = setup.show(&one).await;
    assert!(shown.twins.is_empty());
    let answered = setup.app.approve(&one, &shown.digest).await.unwrap();
    assert!(answered.twins.is_empty() && answered.twins_left.is_empty());
    assert_eq!(setup.open_sids().await.len(), 1);
}

#[tokio::test]
async fn one_answer_goes_to_sixteen_twins_and_the_others_are_shown_on_their_own() {
    let (setup, factor) = Setup::enrolled().await;
    for _ in 0..40 {
        setup
            .double
            .challenge_with(&factor.sid, "Sign in?", json!({"action_id": "a-1"}));
    }
    setup.check().await;
    let inbox = setup.app.inbox().await.unwrap();
    let twins = |request: &crate::Request| request.twins.len();
    assert_eq!(inbox.requests.iter().map(twins).collect::<Vec<_>>(), [16, 16, 5]);
    let shown = setup.show(&inbox.requests[1].sid).await;
    assert_eq!(
        shown.digest, inbox.requests[1].digest,
        "in the list and by itself"
    );
    let answered = setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    assert_eq!((answered.twins.len(), answered.twins_left.len()), (16, 23));
    assert_eq!(setup.double.count("POST /Challenges/one"), 17);
}
