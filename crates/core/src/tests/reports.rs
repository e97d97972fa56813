//! "It wasn't me": first denied, then told, and always said truthfully which of both happened.

use countersign_protocol::report::MAX_NOTE;
use serde_json::json;

use super::{double::Said, setup::Setup};
use crate::{AnswerError, ChallengeStatus, Reason, ReportError, Reported, Request, Told};

const POST_REPORT: &str = "POST /countersign/one";

/// A request of a server that takes reports, shown.
async fn asked() -> (Setup, Request) {
    let (setup, shown) = Setup::asked().await;
    setup.double.state().reports = Some(Vec::new());
    (setup, shown)
}

async fn report(setup: &Setup, shown: &Request, note: Option<&str>) -> Result<Reported, ReportError> {
    setup
        .app
        .report(&shown.sid, &shown.digest, Reason::NotMe, note)
        .await
}

fn reports(setup: &Setup) -> usize {
    setup.double.state().reports.as_ref().unwrap().len()
}

#[tokio::test]
async fn a_report_denies_first_and_is_then_sent_signed() {
    let (setup, shown) = asked().await;
    let reported = report(&setup, &shown, Some("  I was asleep ")).await.unwrap();
    assert!(
        reported.denied_now && matches!(reported.told, Told::Server),
        "{reported:?}"
    );
    assert_eq!(
        setup.double.take_log(),
        [
            "GET /Challenges/one",
            "POST /Challenges/one",
            "GET /Challenges/one",
            "GET /.well-known/one",
            POST_REPORT,
        ]
    );
    let state = setup.double.state();
    let [sent] = &state.reports.as_ref().unwrap()[..] else {
        panic!("one report");
    };
    assert_eq!(sent.reason, Reason::NotMe);
    assert_eq!(sent.note.as_deref(), Some("I was asleep"));
    assert_eq!((&sent.sid, &sent.factor_sid), (&shown.sid, &shown.factor_sid));
}

#[tokio::test]
async fn what_is_denied_already_is_only_reported() {
    let (setup, shown) = asked().await;
    let denied = setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    setup.double.take_log();
    let reported = setup
        .app
        .report(&shown.sid, &shown.digest, Reason::Mistake, None)
        .await
        .unwrap();
    assert!(
        !reported.denied_now && matches!(reported.told, Told::Server),
        "{reported:?}"
    );
    assert_eq!(reported.denied_at, denied.at);
    assert_eq!(setup.double.take_log(), ["GET /.well-known/one", POST_REPORT]);
}

#[tokio::test]
async fn only_what_is_denied_can_be_reported() {
    let (setup, shown) = asked().await;
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    let late = report(&setup, &shown, None).await;
    let approved = ChallengeStatus::Approved;
    assert!(
        matches!(late, Err(ReportError::Answer(AnswerError::AlreadyAnswered { status, .. })) if status == approved),
        "{late:?}"
    );
    let (setup, shown) = asked().await;
    setup.servers_clock.advance(jiff::SignedDuration::from_mins(6));
    let late = report(&setup, &shown, None).await;
    assert!(
        matches!(late, Err(ReportError::Answer(AnswerError::Expired { .. }))),
        "{late:?}"
    );
    assert_eq!(reports(&setup), 0);
}

#[tokio::test]
async fn a_changed_request_is_neither_denied_nor_reported() {
    let (setup, shown) = asked().await;
    setup
        .double
        .change(&shown.sid, "details", json!({"message": "Something else?"}));
    let changed = report(&setup, &shown, None).await;
    assert!(
        matches!(
            changed,
            Err(ReportError::Answer(AnswerError::ChangedSinceShown { .. }))
        ),
        "{changed:?}"
    );
    assert_eq!(
        (setup.double.status(&shown.sid).as_str(), reports(&setup)),
        ("pending", 0)
    );
}

#[tokio::test]
async fn a_note_that_is_too_long_denies_nothing() {
    let (setup, shown) = asked().await;
    let long = "x".repeat(MAX_NOTE + 1);
    let refused = report(&setup, &shown, Some(&long)).await;
    assert!(matches!(refused, Err(ReportError::Note)), "{refused:?}");
    assert!(setup.double.take_log().is_empty());
}

#[tokio::test]
async fn a_report_that_does_not_get_through_leaves_a_denial_and_says_so() {
    for said in [Said::error(503, 20503), Said::error(429, 20429), Said::Cut] {
        let (setup, shown) = asked().await;
        let answer = said.clone();
        setup
            .double
            .on_a_whim(move |asked| (asked.kind() == POST_REPORT).then(|| answer.clone()));
        let reported = report(&setup, &shown, None).await.unwrap();
        assert!(
            reported.denied_now && matches!(reported.told, Told::Failed(_)),
            "{said:?} {reported:?}"
        );
        assert_eq!(setup.double.status(&shown.sid), "denied");
        setup.double.behave();
        let again = report(&setup, &shown, None).await.unwrap();
        assert!(
            !again.denied_now && matches!(again.told, Told::Server),
            "{said:?} {again:?}"
        );
    }
}

#[tokio::test]
async fn a_report_whose_answer_is_lost_is_known_to_have_arrived() {
    let (setup, shown) = asked().await;
    setup.double.once(POST_REPORT, Said::CutAfter);
    let reported = report(&setup, &shown, None).await.unwrap();
    assert!(matches!(reported.told, Told::Server), "{reported:?}");
    assert_eq!((reports(&setup), setup.double.count(POST_REPORT)), (1, 2));
}

#[tokio::test]
async fn a_request_that_cannot_be_denied_now_is_not_reported() {
    let (setup, shown) = asked().await;
    setup.double.on_a_whim(|_| Some(Said::Cut));
    let offline = report(&setup, &shown, None).await;
    assert!(
        matches!(
            offline,
            Err(ReportError::Answer(AnswerError::Offline { sent: false, .. }))
        ),
        "{offline:?}"
    );
    assert_eq!(
        (setup.double.status(&shown.sid).as_str(), reports(&setup)),
        ("pending", 0)
    );
}

#[tokio::test]
async fn a_server_without_reports_is_not_sent_any() {
    for (address, offered) in [
        (Some("https://127.0.0.1/report?id=1"), true),
        (Some("http://127.0.0.1/report"), false),
        (Some("https://elsewhere.example/report"), false),
        (None, false),
    ] {
        let (setup, factor) = Setup::enrolled().await;
        let hidden = json!({"action_id": "a-1", "countersign.report_url": address.unwrap_or_default()});
        let sid = setup.double.challenge_with(&factor.sid, "Sign in?", hidden);
        let shown = setup.show(&sid).await;
        let reported = report(&setup, &shown, None).await.unwrap();
        match reported.told {
            Told::Address(url) => assert_eq!((Some(url.as_str()), true), (address, offered)),
            Told::Nobody => assert!(!offered, "{address:?}"),
            told => panic!("{told:?}"),
        }
        assert_eq!(setup.double.status(&sid), "denied");
        assert_eq!(setup.double.count(POST_REPORT), 0);
    }
}

#[tokio::test]
async fn a_server_that_cannot_say_what_it_takes_is_sent_the_report() {
    for takes in [true, false] {
        let (setup, shown) = asked().await;
        setup.double.state().reports = takes.then(Vec::new);
        setup.double.once("GET /.well-known/one", Said::error(503, 20503));
        let reported = report(&setup, &shown, None).await.unwrap();
        match reported.told {
            Told::Server => assert!(takes),
            Told::Nobody => assert!(!takes),
            told => panic!("{told:?}"),
        }
    }
}
