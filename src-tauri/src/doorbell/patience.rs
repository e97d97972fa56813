//! How often the bell may ring before somebody who rings is ignored: whoever is rung for often enough says yes at last
//! to have peace, and that is what such ringing is for.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use countersign_protocol::sid::FactorSid;
use tokio::time::Instant;

/// As many rings within [`WINDOW`] are borne, if none was answered.
const RINGS: usize = 6;
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// When each factor rang lately. Each has its own measure, so that a site that rings all day silences no other.
#[derive(Debug, Default)]
pub(super) struct Patience(HashMap<FactorSid, VecDeque<Instant>>);

impl Patience {
    /// Whether a request to this factor may ring now. A ring that is allowed counts.
    pub(super) fn allows(&mut self, factor: &FactorSid, now: Instant) -> bool {
        let rings = self.0.entry(factor.clone()).or_default();
        while rings
            .front()
            .is_some_and(|first| now.duration_since(*first) >= WINDOW)
        {
            rings.pop_front();
        }
        let allowed = rings.len() < RINGS;
        if allowed {
            rings.push_back(now);
        }
        allowed
    }

    /// Somebody answered at this computer, and so wants to be told again.
    pub(super) fn restore(&mut self, factor: &FactorSid) {
        self.0.remove(factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(number: u8) -> FactorSid {
        FactorSid::from_random([number; 16])
    }

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn six_rings_in_ten_minutes_and_then_it_is_quiet() {
        let (mut patience, start) = (Patience::default(), Instant::now());
        let heard = (0..1_000).filter(|second| patience.allows(&factor(1), after(start, second / 2)));
        assert_eq!(heard.count(), RINGS);
        assert!(!patience.allows(&factor(1), after(start, 599)));
        assert!(patience.allows(&factor(1), after(start, 600)));
    }

    #[test]
    fn an_answer_lets_it_ring_again() {
        let (mut patience, start) = (Patience::default(), Instant::now());
        for _ in 0..RINGS {
            assert!(patience.allows(&factor(1), start));
        }
        assert!(!patience.allows(&factor(1), start));
        patience.restore(&factor(1));
        assert!(patience.allows(&factor(1), start));
    }

    #[test]
    fn who_rings_too_often_silences_nobody_else() {
        let (mut patience, start) = (Patience::default(), Instant::now());
        for _ in 0..100 {
            patience.allows(&factor(1), start);
        }
        assert!(patience.allows(&factor(2), start));
    }
}
