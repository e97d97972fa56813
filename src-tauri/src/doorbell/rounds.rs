//! When the bell rings, and when what it showed is taken back: decided from what is seen, without doing any of it.

use std::collections::{HashMap, HashSet};

use countersign_core::HistoryEntry;
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use tokio::time::Instant;

use super::patience::Patience;
use crate::attention::sight::{Ask, Sight};

/// More requests than this are remembered only while they wait.
const MEMORY: usize = 10_000;

/// A notification, by what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Bell {
    /// One request.
    Request(ChallengeSid),
    /// All that this factor is asked: more than anybody wants to hear of one by one.
    Burst(FactorSid),
    /// Something that was told, by a number of its own.
    Told(u64),
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Tell of this request.
    Ring(ChallengeSid),
    /// Tell once that this factor is asked again and again.
    Collapse(FactorSid),
    /// Take this back.
    Withdraw(Bell),
}

/// What was rung for, and what of it should be on the screen.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// Every request that was here once: none is told of twice.
    known: HashSet<ChallengeSid>,
    /// What of it the store does not know of yet.
    news: Vec<ChallengeSid>,
    /// What waited at the last look, and for whom.
    waiting: HashMap<ChallengeSid, FactorSid>,
    shown: Vec<OnScreen>,
    patience: Patience,
}

#[derive(Debug)]
struct OnScreen {
    bell: Bell,
    factor: FactorSid,
    /// Whether it tells what is asked, which nobody may read once the program is locked.
    tells: bool,
}

impl Rounds {
    /// Begins with what was here before.
    pub(super) fn knowing(known: HashSet<ChallengeSid>) -> Self {
        Self {
            known,
            ..Self::default()
        }
    }

    /// Whether something that waited at the last look does so no longer.
    pub(super) fn something_settled(&self, sight: &Sight) -> bool {
        self.waiting
            .keys()
            .any(|sid| !sight.asks.iter().any(|ask| ask.sid == *sid))
    }

    /// Whoever answers wants to be told again. What a server says about answers elsewhere is no reason to be loud, and
    /// nor is an approval that nobody was asked about.
    pub(super) fn note_answers(&mut self, lately: &[HistoryEntry]) {
        for entry in lately.iter().filter(|entry| entry.answered_here && !entry.silent) {
            if let Some(factor) = self.waiting.remove(&entry.sid) {
                self.patience.restore(&factor);
            }
        }
    }

    /// What to do about what is seen now.
    pub(super) fn make(&mut self, sight: &Sight, now: Instant) -> Vec<Act> {
        let mut acts = self.take_back(|on_screen| !is_wanted(on_screen, sight));
        // The oldest first, as they came.
        for ask in sight.asks.iter().rev() {
            if !ask.held_back && self.known.insert(ask.sid.clone()) {
                self.news.push(ask.sid.clone());
                if may_be_heard(ask, sight) {
                    self.ring(ask, now, &mut acts);
                }
            }
        }
        self.waiting = sight
            .asks
            .iter()
            .map(|ask| (ask.sid.clone(), ask.factor_sid.clone()))
            .collect();
        if self.known.len() > MEMORY {
            self.known.retain(|sid| self.waiting.contains_key(sid));
        }
        acts
    }

    /// What is settled since the last call, heard or not: a program that is started anew has to know.
    pub(super) fn take_news(&mut self) -> Vec<ChallengeSid> {
        std::mem::take(&mut self.news)
    }

    fn ring(&mut self, ask: &Ask, now: Instant, acts: &mut Vec<Act>) {
        let factor = &ask.factor_sid;
        if self.patience.allows(factor, now) {
            acts.push(Act::Ring(ask.sid.clone()));
            self.show(Bell::Request(ask.sid.clone()), ask);
            return;
        }
        let burst = Bell::Burst(factor.clone());
        if self.shown.iter().any(|on_screen| on_screen.bell == burst) {
            return;
        }
        acts.extend(self.take_back(|on_screen| on_screen.factor == *factor));
        acts.push(Act::Collapse(factor.clone()));
        self.show(burst, ask);
    }

    fn show(&mut self, bell: Bell, ask: &Ask) {
        self.shown.push(OnScreen {
            bell,
            factor: ask.factor_sid.clone(),
            tells: ask.text.is_some(),
        });
    }

    fn take_back(&mut self, which: impl Fn(&OnScreen) -> bool) -> Vec<Act> {
        let gone = self.shown.extract_if(.., |on_screen| which(on_screen));
        gone.map(|on_screen| Act::Withdraw(on_screen.bell)).collect()
    }
}

fn is_wanted(on_screen: &OnScreen, sight: &Sight) -> bool {
    let waits = sight.asks.iter().any(|ask| {
        let is_it = match &on_screen.bell {
            Bell::Request(sid) => ask.sid == *sid,
            Bell::Burst(factor) => ask.factor_sid == *factor,
            // It asks for nothing, and goes by itself.
            Bell::Told(_) => false,
        };
        is_it && may_be_heard(ask, sight)
    });
    waits && !(on_screen.tells && sight.locked)
}

/// Nobody is told of what they have in front of them, or want to hear nothing of.
fn may_be_heard(ask: &Ask, sight: &Sight) -> bool {
    ask.audible && (sight.locked || !sight.looked_at)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use countersign_core::ChallengeStatus;
    use countersign_protocol::link::ServerUrl;
    use jiff::Timestamp;

    use super::*;
    use crate::attention::sight::testing::ask;

    fn sight(asks: &[Ask]) -> Sight {
        Sight {
            asks: asks.iter().rev().cloned().collect(),
            ..Sight::default()
        }
    }

    fn locked(asks: &[Ask]) -> Sight {
        let mut locked = sight(asks);
        locked.locked = true;
        for ask in &mut locked.asks {
            ask.text = None;
        }
        locked
    }

    fn withdraw(ask: &Ask) -> Act {
        Act::Withdraw(Bell::Request(ask.sid.clone()))
    }

    #[test]
    fn each_request_rings_once_however_often_it_comes_and_goes() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let (one, two) = (ask(1, 1), ask(2, 1));
        assert_eq!(
            rounds.make(&sight(std::slice::from_ref(&one)), now),
            [Act::Ring(one.sid.clone())]
        );
        assert_eq!(
            rounds.make(&sight(&[one.clone(), two.clone()]), now),
            [Act::Ring(two.sid.clone())]
        );
        assert_eq!(
            rounds.make(&sight(std::slice::from_ref(&two)), now),
            [withdraw(&one)]
        );
        assert_eq!(rounds.make(&sight(&[one, two.clone()]), now), []);
        assert_eq!(rounds.make(&sight(&[]), now), [withdraw(&two)]);
    }

    #[test]
    fn what_an_earlier_run_knew_does_not_ring_again() {
        let old = ask(1, 1);
        let mut rounds = Rounds::knowing([old.sid.clone()].into());
        let missed = ask(2, 1);
        assert_eq!(
            rounds.make(&sight(&[old, missed.clone()]), Instant::now()),
            [Act::Ring(missed.sid)]
        );
    }

    #[test]
    fn what_is_settled_is_told_once_however_it_was() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let (heard, mut muted) = (ask(1, 1), ask(2, 2));
        muted.audible = false;
        let both = sight(&[heard.clone(), muted.clone()]);
        rounds.make(&both, now);
        assert_eq!(rounds.take_news(), [heard.sid, muted.sid]);
        rounds.make(&both, now);
        assert_eq!(rounds.take_news(), []);
    }

    #[test]
    fn what_may_be_answered_without_anybody_rings_only_if_it_was_not() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let mut held = ask(1, 1);
        held.held_back = true;
        assert_eq!(rounds.make(&sight(std::slice::from_ref(&held)), now), []);
        assert_eq!(rounds.take_news(), []);
        held.held_back = false;
        assert_eq!(
            rounds.make(&sight(std::slice::from_ref(&held)), now),
            [Act::Ring(held.sid.clone())]
        );
    }

    #[test]
    fn what_is_seen_in_the_window_is_taken_back_and_what_comes_meanwhile_is_silent() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let (one, two) = (ask(1, 1), ask(2, 1));
        rounds.make(&sight(std::slice::from_ref(&one)), now);
        let mut seen = sight(&[one.clone(), two.clone()]);
        seen.looked_at = true;
        assert_eq!(rounds.make(&seen, now), [withdraw(&one)]);
        seen.looked_at = false;
        assert_eq!(rounds.make(&seen, now), []);
    }

    #[test]
    fn locking_takes_back_what_tells_something_and_unlocking_rings_no_more() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let (one, two) = (ask(1, 1), ask(2, 1));
        rounds.make(&sight(std::slice::from_ref(&one)), now);
        let both = [one.clone(), two.clone()];
        assert_eq!(
            rounds.make(&locked(&both), now),
            [withdraw(&one), Act::Ring(two.sid.clone())]
        );
        assert_eq!(rounds.make(&sight(&both), now), []);
        // It tells nothing, so that it may stay while it is locked again.
        assert_eq!(rounds.make(&locked(&both), now), []);
        let mut looked_at = locked(&both);
        looked_at.looked_at = true;
        assert_eq!(
            rounds.make(&looked_at, now),
            [],
            "the page of a locked program shows nothing"
        );
    }

    #[test]
    fn what_is_muted_is_silent_for_good() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let (one, mut two) = (ask(1, 1), ask(2, 2));
        rounds.make(&sight(std::slice::from_ref(&one)), now);
        let mut muted = one.clone();
        muted.audible = false;
        two.audible = false;
        assert_eq!(rounds.make(&sight(&[muted, two.clone()]), now), [withdraw(&one)]);
        two.audible = true;
        assert_eq!(rounds.make(&sight(&[one, two]), now), []);
    }

    #[test]
    fn only_a_persons_own_answer_here_makes_it_ring_again() {
        let entry = |of: &Ask, answered_here, silent| HistoryEntry {
            sid: of.sid.clone(),
            factor_sid: of.factor_sid.clone(),
            issuer: None,
            account: None,
            server: ServerUrl::parse("https://verify.acme.example").unwrap(),
            message: String::new(),
            fields: Vec::new(),
            asked_at: Timestamp::UNIX_EPOCH,
            signature_fields: Vec::new(),
            status: ChallengeStatus::Approved,
            at: Timestamp::UNIX_EPOCH,
            answered_here,
            number_checked_by: None,
            wrong_numbers: 0,
            on_this_computer: silent,
            silent,
            verified_by: None,
            signed_response: None,
        };
        for (answered_here, silent, rings) in
            [(true, false, true), (false, false, false), (true, true, false)]
        {
            let (mut rounds, now) = (Rounds::default(), Instant::now());
            let flood: Vec<Ask> = (0..20).map(|number| ask(number, 1)).collect();
            rounds.make(&sight(&flood), now);
            rounds.note_answers(&[entry(&flood[0], answered_here, silent)]);
            rounds.make(&sight(&[]), now);
            let next = ask(99, 1);
            let acts = rounds.make(&sight(std::slice::from_ref(&next)), now);
            assert_eq!(acts == [Act::Ring(next.sid)], rings, "{answered_here} {silent}");
        }
    }

    #[test]
    fn a_burst_becomes_one_notification_and_silences_nobody_else() {
        let (mut rounds, now) = (Rounds::default(), Instant::now());
        let burst: Vec<Ask> = (0..20).map(|number| ask(number, 1)).collect();
        let factor = burst[0].factor_sid.clone();
        let acts = rounds.make(&sight(&burst), now);
        let rings = acts.iter().filter(|act| matches!(act, Act::Ring(_))).count();
        let last = acts.iter().rposition(|act| matches!(act, Act::Ring(_))).unwrap();
        assert_eq!(
            acts[last + 1..last + 1 + rings],
            burst[..rings].iter().map(withdraw).collect::<Vec<_>>()
        );
        assert_eq!(acts[last + 1 + rings..], [Act::Collapse(factor.clone())]);
        let other = ask(99, 2);
        let mut all = burst;
        all.push(other.clone());
        assert_eq!(rounds.make(&sight(&all), now), [Act::Ring(other.sid.clone())]);
        assert_eq!(
            rounds.make(&sight(&[other]), now),
            [Act::Withdraw(Bell::Burst(factor))]
        );
        let later = now + Duration::from_secs(3600);
        let again = ask(100, 1);
        assert_eq!(
            rounds.make(&sight(std::slice::from_ref(&again)), later).last(),
            Some(&Act::Ring(again.sid))
        );
    }
}
