//! Who may change how a factor's requests are approved.

use super::{
    double::{Finds, Said},
    presence::{asks, enrolled},
    setup::Setup,
};
use crate::{Event, Factor, Policy, PolicyError, Verification};

async fn policy(setup: &Setup, factor: &Factor) -> Policy {
    let factors = setup.app.factors().await.unwrap();
    factors.iter().find(|it| it.sid == factor.sid).unwrap().policy
}

#[tokio::test]
async fn a_new_factor_asks_for_nobody_and_answers_in_the_window() {
    let (_, factor) = Setup::enrolled().await;
    assert_eq!(factor.policy, Policy::default());
    assert_eq!(factor.policy.verification, Verification::Never);
}

#[tokio::test]
async fn a_policy_survives_a_restart_and_is_told() {
    let (mut setup, factor) = Setup::enrolled().await;
    setup.presence.finds(Finds::ThePerson);
    let mut events = setup.app.subscribe();
    let wanted = Policy {
        verification: Verification::Unusual,
        answer_from_notification: true,
        answer_from_tray: true,
        silent_on_this_computer: true,
    };
    setup.app.change_policy(&factor.sid, wanted, None).await.unwrap();
    assert_eq!(super::setup::told(&mut events), [Event::FactorsChanged]);
    setup.restart().await;
    assert_eq!(policy(&setup, &factor).await, wanted);
}

#[tokio::test]
async fn a_stricter_policy_needs_nobody() {
    let (setup, factor) = enrolled(Verification::Unusual).await;
    setup.presence.finds(Finds::SomebodyElse);
    setup
        .app
        .change_policy(&factor.sid, asks(Verification::Always), None)
        .await
        .unwrap();
    assert!(setup.presence.take_asked().is_empty());
}

#[tokio::test]
async fn a_looser_policy_needs_the_right_person() {
    let looser = [
        asks(Verification::Never),
        asks(Verification::Unusual),
        Policy {
            answer_from_tray: true,
            ..asks(Verification::Always)
        },
        Policy {
            silent_on_this_computer: true,
            ..asks(Verification::Always)
        },
    ];
    for wanted in looser {
        let (setup, factor) = enrolled(Verification::Always).await;
        for finds in Finds::ALL {
            setup.presence.finds(finds);
            let changed = setup.app.change_policy(&factor.sid, wanted, None).await;
            assert_eq!(changed.is_ok(), finds == Finds::ThePerson, "{finds:?}");
            let expected = if changed.is_ok() {
                wanted
            } else {
                asks(Verification::Always)
            };
            assert_eq!(policy(&setup, &factor).await, expected);
            if changed.is_ok() {
                break;
            }
        }
    }
}

#[tokio::test]
async fn every_outcome_but_yes_leaves_a_guarded_policy_as_it_was() {
    let (setup, factor) = enrolled(Verification::Always).await;
    for finds in [Finds::NoMeans, Finds::SomebodyElse, Finds::Nobody, Finds::AFault] {
        setup.presence.finds(finds);
        let refused = setup
            .app
            .change_policy(&factor.sid, Policy::default(), None)
            .await;
        assert!(matches!(refused, Err(PolicyError::NotConfirmed(_))), "{finds:?}");
        assert_eq!(policy(&setup, &factor).await, asks(Verification::Always));
    }
}

#[tokio::test]
async fn where_nothing_is_guarded_and_nobody_can_be_asked_buttons_may_be_turned_on() {
    let (setup, factor) = Setup::enrolled().await;
    let buttons = Policy {
        answer_from_notification: true,
        ..Policy::default()
    };
    setup.presence.finds(Finds::SomebodyElse);
    let refused = setup.app.change_policy(&factor.sid, buttons, None).await;
    assert!(matches!(refused, Err(PolicyError::NotConfirmed(_))));
    setup.presence.finds(Finds::NoMeans);
    setup.app.change_policy(&factor.sid, buttons, None).await.unwrap();
}

/// Or else the next approval would be refused, and so would be the way back.
#[tokio::test]
async fn verification_is_not_turned_on_where_nothing_could_verify() {
    let (setup, factor) = Setup::enrolled().await;
    let with_buttons = Policy {
        answer_from_tray: true,
        ..asks(Verification::Unusual)
    };
    for finds in [Finds::NoMeans, Finds::NoAgent] {
        setup.presence.finds(finds);
        for wanted in [asks(Verification::Unusual), with_buttons] {
            let refused = setup.app.change_policy(&factor.sid, wanted, None).await;
            assert!(
                matches!(refused, Err(PolicyError::NothingToVerifyWith)),
                "{finds:?}"
            );
            assert_eq!(policy(&setup, &factor).await, Policy::default());
        }
    }
}

#[tokio::test]
async fn verification_is_turned_on_once_the_system_has_confirmed_or_with_a_pin() {
    let (setup, factor) = Setup::enrolled().await;
    setup.presence.finds(Finds::SomebodyElse);
    let always = asks(Verification::Always);
    let refused = setup.app.change_policy(&factor.sid, always, None).await;
    assert!(matches!(refused, Err(PolicyError::NotConfirmed(_))));
    setup.presence.take_asked();
    setup.presence.finds(Finds::ThePerson);
    setup.app.change_policy(&factor.sid, always, None).await.unwrap();
    assert_eq!(setup.presence.take_asked().len(), 1);

    let (setup, factor) = Setup::enrolled().await;
    let pin = secrecy::SecretString::from("73 19 02");
    setup.app.set_cheap_pin(&pin, None).await.unwrap();
    setup.presence.finds(Finds::NoAgent);
    setup.app.change_policy(&factor.sid, always, None).await.unwrap();
}

#[tokio::test]
async fn a_factor_that_is_gone_has_no_policy() {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.on_a_whim(|_| Some(Said::Cut));
    setup.app.remove(&factor.sid).await.unwrap();
    assert_eq!(
        setup.app.factors().await.unwrap().len(),
        1,
        "its server does not know yet"
    );
    for behaves in [false, true] {
        if behaves {
            setup.double.behave();
            setup.app.check_now().await;
        }
        let refused = setup
            .app
            .change_policy(&factor.sid, Policy::default(), None)
            .await;
        assert!(matches!(refused, Err(PolicyError::NotFound)), "{refused:?}");
    }
}
