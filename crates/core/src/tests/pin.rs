//! The app's PIN: where it counts, what a wrong one costs, and who may change it.

use std::time::Duration;

use jiff::SignedDuration;
use secrecy::SecretString;

use super::{double::Finds, presence::asks, setup::Setup};
use crate::{
    AnswerError, Answered, Approval, Factor, NotConfirmed, PIN_TRIES, PinError, Purpose, Request,
    Verification,
};

const RIGHT: &str = "73 19 02";
const WRONG: &str = "73 19 03";

fn pin(text: &str) -> SecretString {
    SecretString::from(text)
}

/// A profile with this PIN, whose factor always asks, on a computer that cannot.
async fn guarded() -> (Setup, Factor) {
    let (setup, factor) = Setup::enrolled().await;
    setup.app.set_cheap_pin(&pin(RIGHT), None).await.unwrap();
    setup
        .app
        .change_policy(&factor.sid, asks(Verification::Always), None)
        .await
        .unwrap();
    (setup, factor)
}

async fn ask(setup: &Setup, factor: &Factor) -> Request {
    setup.show(&setup.double.challenge(&factor.sid, "Sign in?")).await
}

async fn approve(setup: &Setup, shown: &Request, typed: Option<&str>) -> Result<Answered, AnswerError> {
    let approval = Approval {
        number: None,
        pin: typed.map(pin),
    };
    setup.app.approve_with(&shown.sid, &shown.digest, &approval).await
}

async fn unlock(setup: &Setup, typed: &str) -> Result<(), NotConfirmed> {
    setup
        .app
        .confirm_presence(&Purpose::Unlock, Some(&pin(typed)))
        .await
}

/// Tries left and the wait, in seconds.
fn left<T: std::fmt::Debug>(outcome: Result<T, NotConfirmed>) -> (u32, Option<u64>) {
    match outcome {
        Err(NotConfirmed::PinWrong { tries_left, wait }) => (tries_left, wait.map(|wait| wait.as_secs())),
        other => panic!("a wrong PIN was expected: {other:?}"),
    }
}

#[tokio::test]
async fn where_the_system_cannot_ask_the_right_pin_and_nothing_else_signs() {
    let (setup, factor) = guarded().await;
    let shown = ask(&setup, &factor).await;
    setup.double.take_log();
    let refused = approve(&setup, &shown, None).await;
    assert!(matches!(
        refused,
        Err(AnswerError::NotConfirmed(NotConfirmed::PinNeeded))
    ));
    for wrong in [WRONG, "", "731902"] {
        let refused = approve(&setup, &shown, Some(wrong)).await;
        assert!(matches!(
            refused,
            Err(AnswerError::NotConfirmed(NotConfirmed::PinWrong { .. }))
        ));
    }
    assert!(setup.double.take_log().iter().all(|kind| kind.starts_with("GET")));
    approve(&setup, &shown, Some(RIGHT)).await.unwrap();
    assert_eq!(setup.double.status(&shown.sid), "approved");
}

#[tokio::test]
async fn where_the_system_asks_the_pin_does_not_count() {
    let (setup, factor) = guarded().await;
    let shown = ask(&setup, &factor).await;
    for finds in [Finds::SomebodyElse, Finds::Nobody, Finds::AFault] {
        setup.presence.finds(finds);
        let refused = approve(&setup, &shown, Some(RIGHT)).await;
        assert!(matches!(
            refused,
            Err(AnswerError::NotConfirmed(NotConfirmed::Refused(_)))
        ));
    }
    assert_eq!(setup.double.status(&shown.sid), "pending");
}

#[tokio::test]
async fn wrong_pins_have_to_wait_longer_and_longer_and_the_right_one_gives_all_tries_back() {
    let (mut setup, _) = guarded().await;
    for tries_left in (1..PIN_TRIES).rev() {
        assert_eq!(left(unlock(&setup, WRONG).await), (tries_left, None));
    }
    assert_eq!(left(unlock(&setup, WRONG).await), (0, Some(30)));
    // Not even the right one is taken now, and trying costs nothing more; a new start of the program helps nobody.
    setup.restart().await;
    for _ in 0..3 {
        assert_eq!(left(unlock(&setup, RIGHT).await), (0, Some(30)));
    }
    let state = setup.app.pin_state().await.unwrap();
    assert_eq!((state.tries_left, state.wait), (0, Some(Duration::from_secs(30))));
    for wait in [60, 120, 300, 900, 1800, 3600, 3600] {
        setup.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(left(unlock(&setup, WRONG).await), (0, Some(wait)));
    }
    setup.clock.advance(SignedDuration::from_hours(1));
    unlock(&setup, RIGHT).await.unwrap();
    assert_eq!(left(unlock(&setup, WRONG).await), (PIN_TRIES - 1, None));
}

#[tokio::test]
async fn a_clock_that_was_set_back_keeps_nobody_out_for_longer_than_an_hour() {
    let (setup, _) = guarded().await;
    for _ in 0..PIN_TRIES {
        unlock(&setup, WRONG).await.unwrap_err();
    }
    setup.clock.advance(SignedDuration::from_hours(-10_000));
    assert_eq!(left(unlock(&setup, RIGHT).await), (0, Some(3600)));
    setup.clock.advance(SignedDuration::from_hours(1));
    unlock(&setup, RIGHT).await.unwrap();
}

#[tokio::test]
async fn tries_that_are_made_at_once_are_each_counted() {
    let (setup, _) = guarded().await;
    let tries = (0..40).map(|_| unlock(&setup, WRONG));
    let mut taken = 0;
    for outcome in futures_util::future::join_all(tries).await {
        taken += usize::from(!matches!(
            outcome,
            Err(NotConfirmed::PinWrong { tries_left: 0, .. })
        ));
    }
    assert!(taken < PIN_TRIES as usize, "{taken}");
    assert_eq!(left(unlock(&setup, RIGHT).await).0, 0);
}

#[tokio::test]
async fn a_pin_is_changed_and_removed_with_the_old_one_alone() {
    let (setup, _) = Setup::enrolled().await;
    setup.app.set_cheap_pin(&pin(RIGHT), None).await.unwrap();
    let change = async |old: Option<&str>| {
        let old = old.map(pin);
        setup.app.set_cheap_pin(&pin("another one"), old.as_ref()).await
    };
    for old in [None, Some(WRONG)] {
        assert!(
            matches!(change(old).await, Err(PinError::NotConfirmed(_))),
            "{old:?}"
        );
    }
    unlock(&setup, RIGHT).await.unwrap();
    change(Some(RIGHT)).await.unwrap();
    unlock(&setup, RIGHT).await.unwrap_err();
    assert!(matches!(
        setup.app.remove_pin(&pin(RIGHT)).await,
        Err(PinError::NotConfirmed(_))
    ));
    setup.app.remove_pin(&pin("another one")).await.unwrap();
    assert!(!setup.app.pin_state().await.unwrap().is_set);
}

#[tokio::test]
async fn a_pin_has_six_characters_at_least() {
    let setup = Setup::new().await;
    let long = "9".repeat(129);
    for bad in ["", "12345", "ééééé", long.as_str()] {
        let refused = setup.app.set_cheap_pin(&pin(bad), None).await;
        assert!(matches!(refused, Err(PinError::Length)), "{bad}");
    }
    setup.app.set_cheap_pin(&pin("éééééé"), None).await.unwrap();
}

/// Or else whoever finds the computer unlocked, and its agent ended, would choose a PIN and approve with it.
#[tokio::test]
async fn the_first_pin_is_the_right_persons_once_a_factor_asks_for_them() {
    let (setup, factor) = super::presence::enrolled(Verification::Always).await;
    for finds in [Finds::NoMeans, Finds::SomebodyElse] {
        setup.presence.finds(finds);
        let refused = setup.app.set_cheap_pin(&pin(RIGHT), None).await;
        assert!(matches!(refused, Err(PinError::NotConfirmed(_))), "{finds:?}");
    }
    setup.presence.finds(Finds::ThePerson);
    setup.app.set_cheap_pin(&pin(RIGHT), None).await.unwrap();
    setup.presence.finds(Finds::NoMeans);
    let shown = ask(&setup, &factor).await;
    approve(&setup, &shown, Some(RIGHT)).await.unwrap();
}

#[tokio::test]
async fn the_pin_stays_as_long_as_nothing_else_could_confirm() {
    let (setup, _) = guarded().await;
    for finds in [Finds::NoMeans, Finds::NoAgent] {
        setup.presence.finds(finds);
        let refused = setup.app.remove_pin(&pin(RIGHT)).await;
        assert!(matches!(refused, Err(PinError::StillNeeded)), "{finds:?}");
    }
    setup.presence.finds(Finds::ThePerson);
    setup.app.remove_pin(&pin(RIGHT)).await.unwrap();
}

#[tokio::test]
async fn a_forgotten_pin_goes_with_the_last_factor() {
    let (setup, factor) = guarded().await;
    let second = setup.app.enrol(&setup.double.link()).await.unwrap();
    setup.app.remove(&factor.sid).await.unwrap();
    assert!(setup.app.pin_state().await.unwrap().is_set);
    setup.app.remove(&second.sid).await.unwrap();
    assert!(!setup.app.pin_state().await.unwrap().is_set);
}

#[tokio::test]
async fn a_pin_is_in_no_debug_output_and_not_in_the_files() {
    let (setup, _) = guarded().await;
    let typed = Approval {
        number: None,
        pin: Some(pin(RIGHT)),
    };
    assert!(!format!("{typed:?}").contains(RIGHT));
    for entry in std::fs::read_dir(setup.home.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(
            !bytes
                .windows(RIGHT.len())
                .any(|window| window == RIGHT.as_bytes())
        );
    }
}
