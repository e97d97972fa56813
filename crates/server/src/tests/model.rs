//! A small model of tickets, factors, challenges and reports that random sequences of operations are held against.

use countersign_protocol::{challenge_response::Decision, report::Reason};
use proptest::prelude::*;

use self::tickets::ModelTicket;
use super::{Device, IDENTITY, Reply, World, attacks::times};

mod reports;
mod tickets;

#[derive(Debug, Clone, Copy)]
enum Operation {
    Enrol,
    Verify(usize),
    VerifyWrongly(usize),
    DeleteFactor(usize, bool),
    Ticket(u16),
    OpenTicket(usize),
    EnrolByTicket(usize),
    Challenge(usize, u16),
    Answer(usize, Decision),
    AnswerForged(usize),
    Report(usize, Reason),
    Advance(u16),
    DeleteEntity,
    Compare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FactorState {
    Unverified,
    Verified,
    Gone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChallengeState {
    Pending,
    Answered(Decision),
}

struct ModelFactor {
    device: Device,
    state: FactorState,
    made_at: i64,
    /// Until when a report keeps it from being asked.
    paused_until: i64,
}

struct ModelChallenge {
    served: Reply,
    factor: usize,
    state: ChallengeState,
    expires_at: i64,
    reported: bool,
    gone: bool,
}

/// The server and what it should be like.
struct Run {
    world: World,
    factors: Vec<ModelFactor>,
    challenges: Vec<ModelChallenge>,
    tickets: Vec<ModelTicket>,
    entity: bool,
}

fn operation() -> impl Strategy<Value = Operation> {
    let decision = prop_oneof![Just(Decision::Approved), Just(Decision::Denied)];
    let reason = prop_oneof![Just(Reason::NotMe), Just(Reason::Mistake)];
    prop_oneof![
        3 => Just(Operation::Enrol),
        2 => (60_u16..=300).prop_map(Operation::Ticket),
        2 => any::<usize>().prop_map(Operation::OpenTicket),
        2 => any::<usize>().prop_map(Operation::EnrolByTicket),
        4 => any::<usize>().prop_map(Operation::Verify),
        1 => any::<usize>().prop_map(Operation::VerifyWrongly),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(at, by_device)| Operation::DeleteFactor(at, by_device)),
        6 => (any::<usize>(), 0_u16..4000).prop_map(|(at, life)| Operation::Challenge(at, life)),
        8 => (any::<usize>(), decision).prop_map(|(at, decision)| Operation::Answer(at, decision)),
        1 => any::<usize>().prop_map(Operation::AnswerForged),
        3 => (any::<usize>(), reason).prop_map(|(at, reason)| Operation::Report(at, reason)),
        3 => (0_u16..400).prop_map(Operation::Advance),
        1 => Just(Operation::DeleteEntity),
        4 => Just(Operation::Compare),
    ]
}

impl Run {
    async fn new() -> Self {
        let mut world = World::new().await;
        world.service = world
            .make_service(&format!(
                "FriendlyName=Acme&Countersign.ReportPause={}",
                reports::PAUSE
            ))
            .await;
        Self {
            world,
            factors: Vec::new(),
            challenges: Vec::new(),
            tickets: Vec::new(),
            entity: false,
        }
    }

    async fn apply(&mut self, operation: Operation) {
        match operation {
            Operation::Enrol => {
                let token = self.world.access_token(IDENTITY).await;
                self.enrol(&token).await;
            }
            Operation::Ticket(ttl) => self.ticket(ttl).await,
            Operation::OpenTicket(at) => self.open_ticket(at).await,
            Operation::EnrolByTicket(at) => self.enrol_by_ticket(at).await,
            Operation::Verify(at) => self.verify(at, true).await,
            Operation::VerifyWrongly(at) => self.verify(at, false).await,
            Operation::DeleteFactor(at, by_device) => self.delete_factor(at, by_device).await,
            Operation::Challenge(at, life) => self.challenge(at, life).await,
            Operation::Answer(at, decision) => self.answer(at, decision, true).await,
            Operation::AnswerForged(at) => self.answer(at, Decision::Approved, false).await,
            Operation::Report(at, reason) => self.report(at, reason).await,
            Operation::Advance(seconds) => self.world.advance(i64::from(seconds)),
            Operation::DeleteEntity => self.delete_entity().await,
            Operation::Compare => self.compare().await,
        }
    }

    fn now(&self) -> i64 {
        self.world.now().as_second()
    }

    /// Enrols one more device with a token that is good. Whether it did.
    async fn enrol(&mut self, token: &str) -> bool {
        let mut device = Device::new(u8::try_from(self.factors.len() + 1).unwrap());
        let reply = self
            .world
            .send("POST", &self.world.at("/Factors"), token, &device.creation())
            .await;
        let yesterday = self.now() - 24 * 3600;
        for factor in &mut self.factors {
            if factor.state == FactorState::Unverified && factor.made_at <= yesterday {
                factor.state = FactorState::Gone;
            }
        }
        let room = self
            .factors
            .iter()
            .filter(|factor| factor.state != FactorState::Gone)
            .count()
            < 20;
        if !room {
            assert_eq!(reply.refusal(), (400, 60315));
            return false;
        }
        device.factor = reply.expect(201);
        self.entity = true;
        self.factors.push(ModelFactor {
            device,
            state: FactorState::Unverified,
            made_at: self.now(),
            paused_until: 0,
        });
        true
    }

    async fn verify(&mut self, at: usize, rightly: bool) {
        let Some(at) = at.checked_rem(self.factors.len()) else {
            return;
        };
        let ModelFactor { device, state, .. } = &mut self.factors[at];
        let path = self.world.at(&format!("/Factors/{}", device.sid()));
        let other = device.forger();
        let proof = if rightly { device.proof() } else { other.proof() };
        let reply = self
            .world
            .send("POST", &path, &device.auth(self.world.now()), &proof)
            .await;
        match (*state, rightly) {
            (FactorState::Gone, _) => assert_eq!(reply.refusal(), (401, 20101)),
            (_, false) => assert_eq!(reply.refusal(), (403, 60311)),
            (_, true) => {
                assert_eq!(reply.expect(200)["status"], "verified");
                *state = FactorState::Verified;
            }
        }
    }

    async fn delete_factor(&mut self, at: usize, by_device: bool) {
        let Some(at) = at.checked_rem(self.factors.len()) else {
            return;
        };
        let ModelFactor { device, state, .. } = &mut self.factors[at];
        let path = self.world.at(&format!("/Factors/{}", device.sid()));
        let auth = if by_device {
            device.auth(self.world.now())
        } else {
            self.world.backend()
        };
        let reply = self.world.send("DELETE", &path, &auth, "").await;
        match (*state, by_device) {
            (FactorState::Gone, true) => assert_eq!(reply.refusal(), (401, 20101)),
            (FactorState::Gone, false) => assert_eq!(reply.refusal(), (404, 20404)),
            _ => assert_eq!((reply.status.as_u16(), reply.text.as_str()), (204, "")),
        }
        *state = FactorState::Gone;
    }

    async fn challenge(&mut self, at: usize, life: u16) {
        let Some(at) = at.checked_rem(self.factors.len()) else {
            return;
        };
        let ModelFactor {
            device,
            state,
            paused_until,
            ..
        } = &self.factors[at];
        let expires_at = self.now() + i64::from(life);
        let date = countersign_protocol::date::format(jiff::Timestamp::from_second(expires_at).unwrap());
        let body = format!(
            "FactorSid={}&Details.Message=Yes%3F&ExpirationDate={date}",
            device.sid()
        );
        let reply = self.world.post(&self.world.at("/Challenges"), &body).await;
        if !(1..=3600).contains(&life) {
            assert_eq!(reply.refusal(), (400, 60306));
            return;
        }
        match state {
            FactorState::Gone => assert_eq!(reply.refusal(), (404, 20404)),
            FactorState::Unverified => assert_eq!(reply.refusal(), (403, 60318)),
            FactorState::Verified if self.now() < *paused_until => {
                assert_eq!(reply.refusal(), (429, 160_394));
            }
            FactorState::Verified => {
                let sid = reply.expect(201)["sid"].as_str().unwrap().to_owned();
                let served = self.world.fetch(device, &sid).await;
                let state = ChallengeState::Pending;
                self.challenges.push(ModelChallenge {
                    served,
                    factor: at,
                    state,
                    expires_at,
                    reported: false,
                    gone: false,
                });
            }
        }
    }

    async fn answer(&mut self, at: usize, decision: Decision, genuine: bool) {
        let Some(at) = at.checked_rem(self.challenges.len()) else {
            return;
        };
        let now = self.now();
        let ModelChallenge {
            served,
            factor,
            state,
            expires_at,
            gone,
            ..
        } = &mut self.challenges[at];
        let ModelFactor {
            device,
            state: factor,
            ..
        } = &self.factors[*factor];
        let sid = served.json()["sid"].as_str().unwrap().to_owned();
        let path = self.world.at(&format!("/Challenges/{sid}"));
        let forger = device.forger();
        let answer = if genuine {
            device.answer(served, decision)
        } else {
            forger.answer(served, decision)
        };
        let reply = self
            .world
            .send("POST", &path, &device.auth(self.world.now()), &answer)
            .await;
        if *factor == FactorState::Gone || *gone {
            assert_eq!(reply.refusal(), (401, 20101));
        } else if !genuine {
            assert_eq!(reply.refusal(), (403, 60324));
        } else if let ChallengeState::Answered(_) = state {
            assert_eq!(reply.refusal(), (403, 60322));
        } else if now >= *expires_at {
            assert_eq!(reply.refusal(), (403, 60323));
        } else {
            assert_eq!(reply.expect(200)["status"], decision.as_str());
            *state = ChallengeState::Answered(decision);
        }
    }

    async fn delete_entity(&mut self) {
        let reply = self.world.delete(&self.world.at("")).await;
        assert_eq!(reply.status, if self.entity { 204 } else { 404 });
        let had_tickets = std::mem::take(&mut self.entity);
        if had_tickets {
            self.tickets.clear();
        }
        self.factors
            .iter_mut()
            .for_each(|factor| factor.state = FactorState::Gone);
        self.challenges
            .iter_mut()
            .for_each(|challenge| challenge.gone = true);
    }

    /// Everything that can be read agrees with the model.
    async fn compare(&self) {
        let factors = self.world.get(&self.world.at("/Factors?PageSize=1000")).await;
        if !self.entity {
            assert_eq!(factors.refusal(), (404, 20404));
            return;
        }
        let alive = self
            .factors
            .iter()
            .filter(|factor| factor.state != FactorState::Gone);
        let alive: Vec<_> = alive
            .map(|factor| (factor.device.sid().to_owned(), factor.state))
            .collect();
        let listed = factors.expect(200);
        let listed = listed["factors"].as_array().unwrap().iter().map(|factor| {
            let verified = factor["status"] == "verified";
            let state = if verified {
                FactorState::Verified
            } else {
                FactorState::Unverified
            };
            (factor["sid"].as_str().unwrap().to_owned(), state)
        });
        assert_eq!(listed.collect::<Vec<_>>(), alive);
        for status in ["pending", "approved", "denied", "expired"] {
            self.compare_challenges(status).await;
        }
    }

    async fn compare_challenges(&self, status: &str) {
        let expected = self
            .challenges
            .iter()
            .filter(|challenge| !challenge.gone)
            .filter(|challenge| {
                let is = match challenge.state {
                    ChallengeState::Answered(decision) => decision.as_str(),
                    ChallengeState::Pending if self.now() >= challenge.expires_at => "expired",
                    ChallengeState::Pending => "pending",
                };
                is == status
            });
        let expected: Vec<_> = expected
            .map(|challenge| challenge.served.json()["sid"].clone())
            .collect();
        let path = self
            .world
            .at(&format!("/Challenges?PageSize=1000&Status={status}"));
        let listed = self.world.get(&path).await.expect(200);
        let listed = listed["challenges"].as_array().unwrap();
        assert!(listed.iter().all(|challenge| challenge["status"] == status));
        let answered = ["approved", "denied"].contains(&status);
        assert!(
            listed
                .iter()
                .all(|challenge| challenge["date_responded"].is_string() == answered)
        );
        assert_eq!(
            listed
                .iter()
                .map(|challenge| challenge["sid"].clone())
                .collect::<Vec<_>>(),
            expected
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: u32::try_from(times(48)).unwrap(), ..ProptestConfig::default() })]

    #[test]
    fn the_server_does_what_the_model_says(operations in prop::collection::vec(operation(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut run = Run::new().await;
            for operation in operations {
                run.apply(operation).await;
            }
            run.compare().await;
        });
    }
}
