//! What becomes of tickets, and of the devices that open them.

use countersign_protocol::{basic_auth::BasicAuth, link::Enrolment};
use serde_json::Value;

use super::Run;

/// A ticket, and what should have become of it.
pub(super) struct ModelTicket {
    made: Value,
    expires_at: i64,
    state: State,
}

enum State {
    Waiting,
    /// Somebody has what they need to enrol.
    Opened(String),
    Enrolled(String),
}

impl Run {
    pub(super) async fn ticket(&mut self, ttl: u16) {
        let made = self.world.ticket(&format!("&Ttl={ttl}")).await;
        let expires_at = self.now() + i64::from(ttl);
        self.tickets.push(ModelTicket {
            made,
            expires_at,
            state: State::Waiting,
        });
    }

    pub(super) async fn open_ticket(&mut self, at: usize) {
        let Some(at) = at.checked_rem(self.tickets.len()) else {
            return;
        };
        let now = self.now();
        let ModelTicket {
            made,
            expires_at,
            state,
        } = &mut self.tickets[at];
        let reply = self.world.redeem(made).await;
        if matches!(state, State::Waiting) && now < *expires_at {
            reply.expect(200);
            let enrolment = Enrolment::from_json(reply.text.as_bytes()).unwrap();
            *state = State::Opened(BasicAuth::device(enrolment.token.as_str()).to_header());
        } else {
            assert_eq!(reply.refusal(), (410, 160_395));
        }
    }

    pub(super) async fn enrol_by_ticket(&mut self, at: usize) {
        let Some(at) = at.checked_rem(self.tickets.len()) else {
            return;
        };
        let over = self.now() >= self.tickets[at].expires_at;
        let (token, used) = match &self.tickets[at].state {
            State::Waiting => return,
            State::Opened(token) => (token.clone(), false),
            State::Enrolled(token) => (token.clone(), true),
        };
        if over || used {
            let body = super::Device::new(253).creation();
            let reply = self
                .world
                .send("POST", &self.world.at("/Factors"), &token, &body)
                .await;
            let expected = if over { (401, 20104) } else { (403, 60313) };
            assert_eq!(reply.refusal(), expected);
        } else if self.enrol(&token).await {
            self.tickets[at].state = State::Enrolled(token);
        }
    }
}
