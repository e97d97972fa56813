//! A small model of one factor with codes, that random sequences of operations are held against.

use proptest::prelude::*;
use serde_json::Value;

use super::{Authenticator, answer};
use crate::tests::{Reply, World};

#[derive(Debug, Clone, Copy)]
enum Operation {
    /// Brings the code of so many steps from now, or a wrong one, to the factor.
    Verify(Option<i64>),
    Challenge,
    /// The same, to a new challenge.
    SignIn(Option<i64>),
    /// The same, to a challenge there is.
    Answer(usize, Option<i64>),
    Advance(u16),
    /// Deletes the factor and makes another.
    Renew,
}

struct ModelChallenge {
    served: Value,
    expires_at: i64,
    wrong: u32,
    approved: bool,
    /// Its factor is gone.
    orphan: bool,
}

/// The server and what it should be like.
struct Run {
    world: World,
    authenticator: Authenticator,
    verified: bool,
    /// The last step whose code was taken.
    used: i64,
    /// Wrong codes since.
    wrong: u32,
    /// When challenges were made.
    made: Vec<i64>,
    challenges: Vec<ModelChallenge>,
}

fn operation() -> impl Strategy<Value = Operation> {
    let brought = || prop_oneof![4 => (-2_i64..=2).prop_map(Some), 1 => Just(None)];
    prop_oneof![
        3 => brought().prop_map(Operation::Verify),
        2 => Just(Operation::Challenge),
        4 => brought().prop_map(Operation::SignIn),
        6 => (any::<usize>(), brought()).prop_map(|(at, code)| Operation::Answer(at, code)),
        4 => (0_u16..150).prop_map(Operation::Advance),
        1 => Just(Operation::Renew),
    ]
}

async fn enrol(world: &World) -> Authenticator {
    Authenticator::unverified(world, "Config.CodeLength=8").await
}

impl Run {
    async fn new() -> Self {
        let world = World::new().await;
        let authenticator = enrol(&world).await;
        Self {
            world,
            authenticator,
            verified: false,
            used: 0,
            wrong: 0,
            made: Vec::new(),
            challenges: Vec::new(),
        }
    }

    fn now(&self) -> i64 {
        self.world.now().as_second()
    }

    fn text(&self, brought: Option<i64>) -> String {
        match brought {
            Some(steps) => self.authenticator.code_in(&self.world, steps),
            None => self.authenticator.wrong_code(&self.world),
        }
    }

    fn is_locked(&self) -> bool {
        self.wrong >= if self.verified { 100 } else { 5 }
    }

    /// Whether the code is taken, which uses it up; or counts it.
    fn take(&mut self, brought: Option<i64>) -> bool {
        let step = brought.map(|steps| self.now() / 30 + steps);
        let within = brought.is_some_and(|steps| steps.abs() <= 1);
        match step.filter(|&step| within && step > self.used) {
            Some(step) => {
                self.used = step;
                self.wrong = 0;
                true
            }
            None => {
                self.wrong += 1;
                false
            }
        }
    }

    async fn apply(&mut self, operation: Operation) {
        match operation {
            Operation::Verify(brought) => self.verify(brought).await,
            Operation::Challenge => self.challenge(None).await,
            Operation::SignIn(brought) => self.challenge(Some(brought)).await,
            Operation::Answer(at, brought) => self.answer(at, brought).await,
            Operation::Advance(seconds) => self.world.advance(i64::from(seconds)),
            Operation::Renew => {
                let path = self.authenticator.path(&self.world);
                assert_eq!(self.world.delete(&path).await.status, 204);
                self.challenges
                    .iter_mut()
                    .for_each(|challenge| challenge.orphan = true);
                self.authenticator = enrol(&self.world).await;
                (self.verified, self.used, self.wrong) = (false, 0, 0);
                self.made.clear();
            }
        }
        let factor = self
            .world
            .get(&self.authenticator.path(&self.world))
            .await
            .expect(200);
        assert_eq!(
            factor["status"],
            if self.verified { "verified" } else { "unverified" }
        );
        for challenge in &self.challenges {
            let path = format!("/Challenges/{}", challenge.served["sid"].as_str().unwrap());
            let stored = self.world.get(&self.world.at(&path)).await.expect(200);
            let expected = if challenge.approved {
                "approved"
            } else if self.now() >= challenge.expires_at {
                "expired"
            } else {
                "pending"
            };
            assert_eq!(stored["status"], expected);
            assert_eq!(stored["date_responded"].is_string(), challenge.approved);
        }
    }

    async fn verify(&mut self, brought: Option<i64>) {
        let code = self.text(brought);
        let reply = self.authenticator.verify(&self.world, &code).await;
        if self.is_locked() {
            assert_eq!(reply.refusal(), (429, 60310));
        } else if self.take(brought) {
            self.verified = true;
            assert_eq!(reply.expect(200)["status"], "verified");
        } else if self.verified {
            assert_eq!(reply.refusal(), (403, 60311));
        } else {
            assert_eq!(reply.expect(200)["status"], "unverified");
        }
    }

    /// Makes a challenge, and brings a code with it if there is one.
    async fn challenge(&mut self, brought: Option<Option<i64>>) {
        let reply: Reply = match brought {
            None => self.authenticator.challenge(&self.world).await,
            Some(brought) => {
                let code = self.text(brought);
                self.authenticator.sign_in(&self.world, &code).await
            }
        };
        let now = self.now();
        let within = |seconds| self.made.iter().filter(|&&at| at > now - seconds).count();
        if !self.verified {
            assert_eq!(reply.refusal(), (403, 60318));
        } else if self.is_locked() {
            assert_eq!(reply.refusal(), (429, 60310));
        } else if within(3600) >= 50 || within(24 * 3600) >= 100 {
            assert_eq!(reply.refusal(), (429, 60312));
        } else {
            self.made.push(now);
            let approved = brought.is_some_and(|brought| self.take(brought));
            let served = reply.expect(201);
            assert_eq!(served["status"], if approved { "approved" } else { "pending" });
            self.challenges.push(ModelChallenge {
                served,
                expires_at: now + 300,
                wrong: u32::from(brought.is_some() && !approved),
                approved,
                orphan: false,
            });
        }
    }

    async fn answer(&mut self, at: usize, brought: Option<i64>) {
        let Some(at) = at.checked_rem(self.challenges.len()) else {
            return;
        };
        let code = self.text(brought);
        let reply = answer(&self.world, &self.challenges[at].served, &code).await;
        let (now, locked) = (self.now(), self.is_locked());
        let challenge = &self.challenges[at];
        if challenge.approved {
            assert_eq!(reply.refusal(), (403, 60322));
        } else if now >= challenge.expires_at {
            assert_eq!(reply.refusal(), (403, 60323));
        } else if challenge.wrong >= 5 {
            assert_eq!(reply.refusal(), (429, 60308));
        } else if challenge.orphan {
            assert_eq!(reply.refusal(), (404, 20404));
        } else if locked {
            assert_eq!(reply.refusal(), (429, 60310));
        } else {
            let approved = self.take(brought);
            let challenge = &mut self.challenges[at];
            challenge.approved = approved;
            challenge.wrong += u32::from(!approved);
            assert_eq!(
                reply.expect(200)["status"],
                if approved { "approved" } else { "pending" }
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn codes_count_as_the_model_says(operations in prop::collection::vec(operation(), 1..50)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut run = Run::new().await;
            for operation in operations {
                run.apply(operation).await;
            }
        });
    }
}
