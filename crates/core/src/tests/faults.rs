//! The n-th call to the store, the keychain or the network fails, for every n until a run passes. Once as a single
//! failure, once as the end of the process, after which it starts again.

use super::{
    double::{IDENTITY, SERVICE},
    setup::Setup,
};
use crate::{AnswerError, FactorStatus, Removal, fault::Faults};

/// More calls than any operation makes.
const ENOUGH: usize = 200;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Once,
    Death,
}

fn plan(faults: &Faults, kind: Kind, n: usize) {
    match kind {
        Kind::Once => faults.fail_once(n),
        Kind::Death => faults.die_at(n),
    }
}

/// No key without a factor or a note of it, no factor without its key, and none half done after a check.
async fn everything_fits(setup: &Setup, context: &str) {
    let factors = setup.app.factors().await.unwrap();
    let mut known: Vec<_> = factors.iter().map(|factor| factor.key_id.clone()).collect();
    known.sort();
    assert_eq!(setup.keys.ids(), known, "{context}: keys");
    for factor in &factors {
        assert!(factor.is_usable(), "{context}: {factor:?}");
        assert!(
            setup.double.state().factors[&factor.sid].verified,
            "{context}: verified on the server"
        );
    }
}

#[tokio::test]
async fn an_enrolment_that_fails_anywhere_leaves_no_key_and_can_be_repeated() {
    for kind in [Kind::Once, Kind::Death] {
        for n in 0.. {
            assert!(n < ENOUGH);
            let mut setup = Setup::new().await;
            plan(&setup.faults, kind, n);
            let enrolled = setup.app.enrol(&setup.double.link()).await;
            let struck = setup.faults.heal();
            let context = format!("{kind:?} {n} {enrolled:?}");
            setup.restart().await;
            setup.app.check_now().await;
            everything_fits(&setup, &context).await;
            let factors = setup.app.factors().await.unwrap();
            if enrolled.is_ok() {
                assert_eq!(factors.len(), 1, "{context}");
            } else {
                // An enrolment that died after the creation is finished by proving the key.
                assert!(factors.is_empty() || matches!(kind, Kind::Death), "{context}");
                setup.app.enrol(&setup.double.link()).await.unwrap();
                everything_fits(&setup, &context).await;
            }
            if !struck {
                break;
            }
        }
    }
}

/// As far as it can be reached: what the server is left with after a single failure is an unverified factor at most,
/// and that only where its answer was lost on the way.
#[tokio::test]
async fn an_enrolment_that_fails_leaves_the_server_a_factor_only_where_its_answer_was_lost() {
    let mut orphans = 0;
    for n in 0.. {
        let mut setup = Setup::new().await;
        setup.faults.fail_once(n);
        let enrolled = setup.app.enrol(&setup.double.link()).await;
        let struck = setup.faults.heal();
        setup.restart().await;
        let left = setup.double.state().factors.len();
        if enrolled.is_err() && left > 0 {
            assert!(
                setup
                    .double
                    .state()
                    .factors
                    .values()
                    .all(|factor| !factor.verified),
                "{n}"
            );
            orphans += left;
        }
        if !struck {
            break;
        }
    }
    assert_eq!(orphans, 1, "only the creation's own lost answer");
}

#[tokio::test]
async fn an_answer_that_fails_anywhere_is_never_half_given_and_can_be_repeated() {
    for kind in [Kind::Once, Kind::Death] {
        for n in 0.. {
            assert!(n < ENOUGH);
            let (mut setup, shown) = Setup::asked().await;
            plan(&setup.faults, kind, n);
            let answered = setup.app.approve(&shown.sid, &shown.digest).await;
            let struck = setup.faults.heal();
            let on_server = setup.double.status(&shown.sid);
            let context = format!("{kind:?} {n} {on_server} {answered:?}");
            match &answered {
                Ok(_) | Err(AnswerError::Offline { sent: true, .. }) => {}
                // The program may have died with the answer under way; alive it never says "nothing" of something.
                Err(_) => assert!(on_server == "pending" || matches!(kind, Kind::Death), "{context}"),
            }
            setup.restart().await;
            setup.check().await;
            if on_server == "pending" {
                assert_eq!(
                    setup.open_sids().await,
                    std::slice::from_ref(&shown.sid),
                    "{context}"
                );
                setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
            }
            let history = setup.app.history(10).await.unwrap();
            assert_eq!(history.len(), 1, "{context}");
            assert!(
                history[0].answered_here && history[0].signed_response.is_some(),
                "{context}"
            );
            assert_eq!(setup.double.state().answers.len(), 1, "{context}");
            if !struck {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_check_that_fails_anywhere_is_made_good_by_the_next() {
    for kind in [Kind::Once, Kind::Death] {
        for n in 0.. {
            assert!(n < ENOUGH);
            let (mut setup, factor) = Setup::enrolled().await;
            let gone = setup.double.challenge(&factor.sid, "gone");
            setup.check().await;
            setup.double.change(&gone, "status", "denied".into());
            let new = setup.double.challenge(&factor.sid, "new");
            plan(&setup.faults, kind, n);
            setup.app.check_now().await;
            let struck = setup.faults.heal();
            setup.restart().await;
            setup.check().await;
            assert_eq!(setup.open_sids().await, [new], "{kind:?} {n}");
            assert_eq!(setup.app.history(10).await.unwrap()[0].sid, gone, "{kind:?} {n}");
            if !struck {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_removal_that_fails_anywhere_is_finished_later() {
    for kind in [Kind::Once, Kind::Death] {
        for n in 0.. {
            assert!(n < ENOUGH);
            let (mut setup, factor) = Setup::enrolled().await;
            plan(&setup.faults, kind, n);
            let removed = setup.app.remove(&factor.sid).await;
            let struck = setup.faults.heal();
            setup.restart().await;
            setup.app.check_now().await;
            let context = format!("{kind:?} {n} {removed:?}");
            if removed.is_err() && setup.double.state().factors.len() == 1 {
                // It never began.
                everything_fits(&setup, &context).await;
                assert_eq!(
                    setup.app.remove(&factor.sid).await.unwrap(),
                    Removal::Removed,
                    "{context}"
                );
            }
            assert!(setup.app.factors().await.unwrap().is_empty(), "{context}");
            assert!(
                setup.keys.ids().is_empty() && setup.double.state().factors.is_empty(),
                "{context}"
            );
            if !struck {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_start_that_fails_anywhere_is_made_good_by_the_next() {
    for n in 0.. {
        assert!(n < ENOUGH);
        let mut setup = Setup::new().await;
        let client = setup.app.client(setup.double.url.clone());
        client.create_factor(super::library::payload()).await.unwrap();
        setup.faults.fail_once(n);
        let config = super::setup::config(&setup.home, &setup.keys, &setup.clock);
        let opened = crate::Authenticator::open_with(config, setup.faults.clone()).await;
        let struck = setup.faults.heal();
        drop(opened);
        setup.restart().await;
        setup.app.check_now().await;
        everything_fits(&setup, &format!("{n}")).await;
        let factors = setup.app.factors().await.unwrap();
        assert_eq!(
            (factors.len(), factors[0].status),
            (1, FactorStatus::Verified),
            "{n}"
        );
        if !struck {
            break;
        }
    }
}

/// What a whole life of the profile writes to the log at its most talkative holds no secret.
#[tokio::test]
async fn nothing_secret_reaches_the_log() {
    let (log, signed_response) = super::log::record(async {
        let (setup, shown) = Setup::asked().await;
        setup
            .double
            .once("GET /Challenges", super::double::Said::error(401, 20101));
        setup.check().await;
        let answered = setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
        setup.double.on_a_whim(|_| Some(super::double::Said::Cut));
        assert!(setup.app.enrol(&setup.double.link()).await.is_err());
        answered.signed_response
    })
    .await;
    for said in ["GET", "POST", SERVICE, IDENTITY, "/Challenges", "not reached"] {
        assert!(log.contains(said), "{said}");
    }
    for secret in [
        super::double::TOKEN,
        "Basic ",
        "eyJ",
        &signed_response,
        "Are you signing in",
    ] {
        assert!(!log.contains(secret), "{secret}");
    }
}
