//! Random lives of a few devices, held against a small model of what should be true.
//!
//! The server has a model of its own; this one is about the whole: what devices show and answer, what the issuer
//! reads, with networks that fail and programs that end in between.

use countersign_core::{AnswerError, ChallengeStatus, ShownDigest};
use countersign_protocol::clock::Clock;
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use countersign_tests::world::ada;
use countersign_tests::{Device, Question, World};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    Enrol { device: usize },
    Ask { factor: usize, seconds: i64 },
    Look { challenge: usize },
    Decide { challenge: usize, approves: bool },
    Wait { seconds: i64 },
    Revoke { factor: usize },
    Remove { factor: usize },
    Network { works: bool },
    EndProgram { device: usize },
    EndServer,
    Compare,
}

fn step() -> impl Strategy<Value = Step> {
    let number = || 0..64_usize;
    prop_oneof![
        3 => number().prop_map(|device| Step::Enrol { device }),
        8 => (number(), 1..3600_i64).prop_map(|(factor, seconds)| Step::Ask { factor, seconds }),
        6 => number().prop_map(|challenge| Step::Look { challenge }),
        8 => (number(), any::<bool>()).prop_map(|(challenge, approves)| Step::Decide { challenge, approves }),
        3 => (1..1200_i64).prop_map(|seconds| Step::Wait { seconds }),
        1 => number().prop_map(|factor| Step::Revoke { factor }),
        1 => number().prop_map(|factor| Step::Remove { factor }),
        2 => any::<bool>().prop_map(|works| Step::Network { works }),
        2 => number().prop_map(|device| Step::EndProgram { device }),
        1 => Just(Step::EndServer),
        4 => Just(Step::Compare),
    ]
}

/// What should be true of a factor.
struct Factor {
    sid: FactorSid,
    device: usize,
    is_there: bool,
    is_here: bool,
}

/// What should be true of a challenge.
struct Asked {
    sid: ChallengeSid,
    factor: usize,
    expires_at: Timestamp,
    answer: Option<ChallengeStatus>,
    shown: Option<ShownDigest>,
}

impl Asked {
    fn status(&self, now: Timestamp) -> ChallengeStatus {
        match self.answer {
            Some(answer) => answer,
            None if now >= self.expires_at => ChallengeStatus::Expired,
            None => ChallengeStatus::Pending,
        }
    }
}

struct Life {
    world: World,
    devices: Vec<Option<Device>>,
    factors: Vec<Factor>,
    asked: Vec<Asked>,
    is_online: bool,
}

const DEVICES: usize = 2;
const MAX_FACTORS: usize = 5;

impl Life {
    async fn begin() -> Self {
        let world = World::start().await;
        let mut devices = Vec::new();
        for _ in 0..DEVICES {
            devices.push(Some(world.device().await));
        }
        Self {
            world,
            devices,
            factors: Vec::new(),
            asked: Vec::new(),
            is_online: true,
        }
    }

    fn device(&self, number: usize) -> &Device {
        self.devices[number % DEVICES]
            .as_ref()
            .expect("it is taken only while it restarts")
    }

    /// The device that a challenge asks.
    fn asked_device(&self, challenge: usize) -> &Device {
        self.device(self.factors[self.asked[challenge].factor].device)
    }

    async fn live(&mut self, step: Step) {
        match step {
            Step::Enrol { device } => self.enrol(device).await,
            Step::Ask { factor, seconds } if !self.factors.is_empty() => {
                self.ask(factor % self.factors.len(), seconds).await;
            }
            Step::Look { challenge } if !self.asked.is_empty() => {
                self.look(challenge % self.asked.len()).await;
            }
            Step::Decide { challenge, approves } if !self.asked.is_empty() => {
                self.decide(challenge % self.asked.len(), approves).await;
            }
            Step::Wait { seconds } => self.world.advance(SignedDuration::from_secs(seconds)),
            Step::Revoke { factor } if !self.factors.is_empty() => {
                let factor = factor % self.factors.len();
                let revoked = self.world.tenant.revoke(&ada(), &self.factors[factor].sid).await;
                assert_eq!(revoked.is_ok(), self.factors[factor].is_there, "{revoked:?}");
                self.factors[factor].is_there = false;
            }
            Step::Remove { factor } if !self.factors.is_empty() => {
                self.remove(factor % self.factors.len()).await;
            }
            Step::Network { works } => self.set_network(works),
            Step::EndProgram { device } => {
                let device = device % DEVICES;
                let restarted = self.devices[device]
                    .take()
                    .expect("it is there")
                    .restarted()
                    .await;
                self.devices[device] = Some(restarted);
            }
            Step::EndServer => self.world.restart_server().await,
            Step::Compare => self.compare().await,
            _ => {}
        }
    }

    fn set_network(&mut self, works: bool) {
        self.is_online = works;
        if works {
            self.world.proxy.come_back();
        } else {
            self.world.proxy.go_offline();
        }
    }

    async fn enrol(&mut self, device: usize) {
        if self.factors.len() == MAX_FACTORS {
            return;
        }
        let link = self
            .world
            .tenant
            .invite(&ada(), self.world.proxy.url())
            .await
            .to_link();
        let enrolled = self.device(device).authenticator.enrol(&link).await;
        assert_eq!(enrolled.is_ok(), self.is_online, "{enrolled:?}");
        if let Ok(factor) = enrolled {
            let device = device % DEVICES;
            self.factors.push(Factor {
                sid: factor.sid,
                device,
                is_there: true,
                is_here: true,
            });
        }
    }

    async fn ask(&mut self, factor: usize, seconds: i64) {
        let expires_at = self.world.clock.now() + SignedDuration::from_secs(seconds);
        let question = Question {
            expiration_date: Some(expires_at),
            ..Question::new("Sign in?")
        };
        let asked = self
            .world
            .tenant
            .ask(&ada(), &self.factors[factor].sid, &question)
            .await;
        assert_eq!(asked.is_ok(), self.factors[factor].is_there, "{asked:?}");
        if let Ok(asked) = asked {
            self.asked.push(Asked {
                sid: asked.sid,
                factor,
                expires_at,
                answer: None,
                shown: None,
            });
        }
    }

    /// Whether a device can say anything about a challenge at the moment.
    fn can_be_asked(&self, challenge: usize) -> bool {
        let factor = &self.factors[self.asked[challenge].factor];
        self.is_online && factor.is_there && factor.is_here
    }

    async fn look(&mut self, challenge: usize) {
        let asked = &self.asked[challenge];
        let seen = self
            .asked_device(challenge)
            .authenticator
            .refresh(&asked.sid)
            .await;
        let is_open = asked.status(self.world.clock.now()) == ChallengeStatus::Pending;
        if self.can_be_asked(challenge) && is_open {
            let seen = seen.expect("an open request can be looked at");
            assert_eq!(seen.status, ChallengeStatus::Pending);
            assert_eq!(seen.expires_at, asked.expires_at);
            self.asked[challenge].shown = Some(seen.digest);
        } else if let Ok(seen) = seen {
            assert_ne!(
                seen.status,
                ChallengeStatus::Pending,
                "{:?} reads open",
                asked.sid
            );
        }
    }

    async fn decide(&mut self, challenge: usize, approves: bool) {
        let asked = &self.asked[challenge];
        let Some(shown) = asked.shown else { return };
        let authenticator = &self.asked_device(challenge).authenticator;
        let answered = if approves {
            authenticator.approve(&asked.sid, &shown).await
        } else {
            authenticator.deny(&asked.sid, &shown).await
        };
        let status = asked.status(self.world.clock.now());
        if self.can_be_asked(challenge) && status == ChallengeStatus::Pending {
            let decision = if approves {
                ChallengeStatus::Approved
            } else {
                ChallengeStatus::Denied
            };
            assert_eq!(
                answered.expect("an open request takes an answer").status,
                decision
            );
            self.asked[challenge].answer = Some(decision);
            return;
        }
        let refused = answered.expect_err("there is nothing that could take an answer");
        if self.can_be_asked(challenge) {
            let is_right = match &refused {
                AnswerError::Expired { at } => status == ChallengeStatus::Expired && *at == asked.expires_at,
                AnswerError::AlreadyAnswered { status: known, .. } => *known == status,
                _ => false,
            };
            assert!(is_right, "{refused:?} for {status}");
        }
    }

    async fn remove(&mut self, factor: usize) {
        let removed = self
            .device(self.factors[factor].device)
            .authenticator
            .remove(&self.factors[factor].sid)
            .await;
        if self.factors[factor].is_here {
            removed.expect("a factor can always be removed");
        }
        self.factors[factor].is_here = false;
        // Where the server cannot be told now, it is told before anything is compared.
        self.factors[factor].is_there &= !self.is_online;
    }

    /// Once everything works and everybody has asked, all sides say what the model says.
    async fn compare(&mut self) {
        self.set_network(true);
        for number in 0..DEVICES {
            self.device(number).check().await;
        }
        for factor in &mut self.factors {
            factor.is_there &= factor.is_here;
        }
        let now = self.world.clock.now();
        let there = self.world.tenant.factors(&ada()).await;
        for factor in &self.factors {
            assert_eq!(
                there.iter().any(|known| known.sid == factor.sid),
                factor.is_there,
                "{:?}",
                factor.sid
            );
        }
        for asked in self
            .asked
            .iter()
            .filter(|asked| self.factors[asked.factor].is_there)
        {
            let theirs = self
                .world
                .tenant
                .challenge(&ada(), &asked.sid)
                .await
                .expect("it is there");
            assert_eq!(theirs.status, asked.status(now), "{:?}", asked.sid);
        }
        for number in 0..DEVICES {
            self.compare_device(number, now).await;
        }
    }

    async fn compare_device(&self, number: usize, now: Timestamp) {
        let device = self.device(number);
        let mut here: Vec<_> = device
            .authenticator
            .factors()
            .await
            .expect("they are read")
            .into_iter()
            .map(|it| it.sid)
            .collect();
        let own = || self.factors.iter().filter(|factor| factor.device == number);
        let mut expected: Vec<_> = own()
            .filter(|factor| factor.is_here)
            .map(|it| it.sid.clone())
            .collect();
        here.sort();
        expected.sort();
        assert_eq!(here, expected);
        assert_eq!(device.keys.ids().len(), expected.len(), "one key for each factor");

        let is_open = |asked: &&Asked| asked.status(now) == ChallengeStatus::Pending;
        let can_tell = |asked: &&Asked| self.factors[asked.factor].is_there;
        let waiting = device.waiting().await;
        for asked in self
            .asked
            .iter()
            .filter(|asked| self.factors[asked.factor].device == number)
            .filter(can_tell)
        {
            assert_eq!(waiting.contains(&asked.sid), is_open(&asked), "{:?}", asked.sid);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_devices_server_and_issuer_agree(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut life = Life::begin().await;
            for step in steps {
                life.live(step).await;
            }
            life.compare().await;
        });
    }
}
