//! What becomes of reports, and of the factors that they are about.

use countersign_protocol::{challenge_response::Decision, report::Reason};

use super::{ChallengeState, FactorState, Run};

/// For how many seconds a report of `not_me` keeps its factor from being asked.
pub(super) const PAUSE: i64 = 300;

impl Run {
    pub(super) async fn report(&mut self, at: usize, reason: Reason) {
        let Some(at) = at.checked_rem(self.challenges.len()) else {
            return;
        };
        let now = self.now();
        let challenge = &mut self.challenges[at];
        let factor = &mut self.factors[challenge.factor];
        let body = factor.device.report(&challenge.served, reason.as_str());
        let reply = self.world.report(&factor.device, &challenge.served, &body).await;
        if factor.state == FactorState::Gone || challenge.gone {
            assert_eq!(reply.refusal(), (401, 20101));
        } else if challenge.state != ChallengeState::Answered(Decision::Denied) {
            assert_eq!(reply.refusal(), (409, 160_392));
        } else if challenge.reported {
            assert_eq!(reply.refusal(), (409, 160_393));
        } else {
            assert_eq!(reply.expect(201)["reason"], reason.as_str());
            challenge.reported = true;
            if reason == Reason::NotMe {
                factor.paused_until = now + PAUSE;
            }
        }
    }
}
