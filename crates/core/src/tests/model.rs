//! Random sequences of what people, issuers, networks and crashes do, held against a small model of what must be true.

use std::collections::BTreeMap;

use countersign_protocol::sid::ChallengeSid;
use proptest::prelude::*;
use serde_json::json;

use super::{double::Said, setup::Setup};
use crate::ChallengeStatus;

#[derive(Debug, Clone)]
enum Step {
    Enrol,
    Remove(usize),
    Ask(usize),
    Approve(usize),
    Deny(usize),
    AnswerElsewhere(usize),
    Tamper(usize),
    Check,
    Wait(i64),
    CutTheNext(usize),
    Fail(usize),
    Die(usize),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => Just(Step::Enrol),
        1 => (0..4usize).prop_map(Step::Remove),
        5 => (0..4usize).prop_map(Step::Ask),
        6 => (0..3usize).prop_map(Step::Approve),
        2 => (0..3usize).prop_map(Step::Deny),
        1 => (0..3usize).prop_map(Step::AnswerElsewhere),
        3 => (0..3usize).prop_map(Step::Tamper),
        6 => Just(Step::Check),
        2 => (1..200i64).prop_map(Step::Wait),
        2 => (0..4usize).prop_map(Step::CutTheNext),
        3 => (0..30usize).prop_map(Step::Fail),
        1 => (0..30usize).prop_map(Step::Die),
        2 => Just(Step::Restart),
    ]
}

/// What a person chose, if this device said that it was done.
type Chosen = BTreeMap<ChallengeSid, ChallengeStatus>;

struct World {
    setup: Setup,
    chosen: Chosen,
}

impl World {
    async fn take(&mut self, step: &Step) {
        let Self { setup, .. } = self;
        match step {
            Step::Enrol => drop(setup.app.enrol(&setup.double.link()).await),
            Step::Remove(n) => {
                if let Some(factor) = setup.app.factors().await.unwrap_or_default().get(*n) {
                    drop(setup.app.remove(&factor.sid).await);
                }
            }
            Step::Ask(n) => {
                let factors = setup.app.factors().await.unwrap_or_default();
                if let Some(factor) = factors.get(*n).filter(|it| it.is_usable()) {
                    setup.double.challenge(&factor.sid, "May I?");
                }
            }
            Step::Approve(n) => self.answer(*n, ChallengeStatus::Approved).await,
            Step::Deny(n) => self.answer(*n, ChallengeStatus::Denied).await,
            Step::AnswerElsewhere(n) => {
                if let Some(sid) = self.pending(*n) {
                    self.setup.double.change(&sid, "status", json!("denied"));
                }
            }
            Step::Tamper(n) => {
                if let Some(sid) = self.pending(*n) {
                    self.setup
                        .double
                        .change(&sid, "details", json!({"message": "Something else?"}));
                }
            }
            Step::Check => drop(setup.app.check_now().await),
            Step::Wait(seconds) => {
                let by = jiff::SignedDuration::from_secs(*seconds);
                setup.clock.advance(by);
                setup.servers_clock.advance(by);
            }
            Step::CutTheNext(n) => {
                let mut left = *n;
                setup.double.on_a_whim(move |_| {
                    left = left.checked_sub(1)?;
                    Some(if left.is_multiple_of(2) {
                        Said::Cut
                    } else {
                        Said::CutAfter
                    })
                });
            }
            Step::Fail(n) => setup.faults.fail_once(*n),
            Step::Die(n) => setup.faults.die_at(*n),
            Step::Restart => setup.restart().await,
        }
    }

    /// A challenge that is open on the server.
    fn pending(&self, n: usize) -> Option<ChallengeSid> {
        let state = self.setup.double.state();
        let open = state
            .challenges
            .iter()
            .filter(|(_, it)| it["status"] == "pending");
        any_of(&open.map(|(sid, _)| sid.clone()).collect::<Vec<_>>(), n)
    }

    /// Answers what the inbox shows, without looking at the server again: it may be long out of date.
    async fn answer(&mut self, n: usize, status: ChallengeStatus) {
        let Ok(inbox) = self.setup.app.inbox().await else {
            return;
        };
        let Some(shown) = any_of(&inbox.requests, n) else {
            return;
        };
        let before = self.setup.double.state().challenges.get(&shown.sid).cloned();
        let answered = match status {
            ChallengeStatus::Approved => self.setup.app.approve(&shown.sid, &shown.digest).await,
            _ => self.setup.app.deny(&shown.sid, &shown.digest).await,
        };
        if answered.is_ok() {
            let message = before.unwrap()["details"]["message"].clone();
            assert_eq!(message, shown.message.as_str(), "only what was shown is answered");
            self.chosen.insert(shown.sid, status);
        }
    }

    /// What must be true whenever the dust has settled.
    async fn holds(&mut self) {
        let Self { setup, chosen } = self;
        setup.double.behave();
        setup.restart().await;
        setup.app.check_now().await;
        setup.app.check_now().await;
        let factors = setup.app.factors().await.unwrap();
        let mut known: Vec<_> = factors.iter().map(|factor| factor.key_id.clone()).collect();
        known.sort();
        assert_eq!(
            setup.keys.ids(),
            known,
            "every key has its factor, and every factor its key"
        );
        assert!(
            factors.iter().all(crate::Factor::is_usable),
            "nothing is half done"
        );

        let history = setup.app.history(1000).await.unwrap();
        for (sid, status) in chosen.iter() {
            assert_eq!(
                setup.double.status(sid),
                status.as_str(),
                "what was said to be done is done"
            );
        }
        for entry in &history {
            if entry.status != ChallengeStatus::Expired {
                assert_eq!(
                    setup.double.status(&entry.sid),
                    entry.status.as_str(),
                    "the history is true"
                );
            }
            assert_eq!(entry.answered_here, entry.signed_response.is_some());
        }
        let mut open = setup.open_sids().await;
        open.sort();
        let state = setup.double.state();
        let now = countersign_protocol::clock::Clock::now(&setup.servers_clock);
        let expected: Vec<_> = state
            .challenges
            .iter()
            .filter(|(_, it)| it["status"] == "pending")
            .filter(|(_, it)| {
                factors
                    .iter()
                    .any(|factor| it["factor_sid"] == factor.sid.as_str())
            })
            .filter(|(_, it)| {
                it["expiration_date"].as_str().unwrap() > countersign_protocol::date::format(now).as_str()
            })
            .map(|(sid, _)| sid.clone())
            .collect();
        assert_eq!(open, expected, "what is open is shown, and nothing else");
    }
}

/// The n-th, counted round and round.
fn any_of<T: Clone>(all: &[T], n: usize) -> Option<T> {
    all.get(n.checked_rem(all.len())?).cloned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_device_and_the_server_agree_in_the_end(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (setup, _) = Setup::enrolled().await;
            let mut world = World { setup, chosen: Chosen::new() };
            for step in &steps {
                world.take(step).await;
            }
            world.holds().await;
        });
    }
}
