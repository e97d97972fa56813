//! How much anybody may ask for in a time: 429 and when to come again beyond it.
//!
//! What a person's safety depends on, how often they may be asked, is counted in the database and so is the same for
//! all replicas. What only protects this program from work is counted in its memory, in whole requests at a steady
//! rate with room for bursts (the generic cell rate algorithm, ITU-T I.371).
//!
//! An address that tries wrong credentials is told to wait, but never at the cost of others there: whoever has the
//! right ones is let in, for an address may be that of a whole office or of a proxy that nobody named.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::Mutex,
    time::Duration,
};

use countersign_protocol::sid::{AccountSid, FactorSid};
use jiff::{SignedDuration, Timestamp};

use crate::{client_address::ClientAddress, mutex::lock};

/// How many keys are remembered at most. Beyond, all are forgotten: memory is not for attackers to fill.
const KEYS: usize = 100_000;

/// How often a person may be asked: at most so many challenges in so long.
pub type ChallengeLimits = &'static [(SignedDuration, u32)];

/// Which limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// What no honest product comes near.
    #[default]
    Usual,
    /// The same, but a person is asked less often.
    Strict,
    /// None: somebody else limits, or a clock stands still.
    Off,
}

impl Profile {
    /// How often a person may be asked.
    pub fn challenges(self) -> ChallengeLimits {
        const MINUTE: SignedDuration = SignedDuration::from_mins(1);
        const HOUR: SignedDuration = SignedDuration::from_hours(1);
        const DAY: SignedDuration = SignedDuration::from_hours(24);
        const USUAL: ChallengeLimits = &[(MINUTE, 60), (HOUR, 600)];
        const STRICT: ChallengeLimits = &[(MINUTE, 10), (HOUR, 30), (DAY, 100)];
        match self {
            Self::Usual => USUAL,
            Self::Strict => STRICT,
            Self::Off => &[],
        }
    }
}

/// Somebody asked for too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch {
    /// In what time the same would be answered.
    pub again: Duration,
}

/// What was asked of this program lately, and by whom.
#[derive(Debug)]
pub struct Rates {
    profile: Profile,
    accounts: Buckets<AccountSid>,
    devices: Buckets<FactorSid>,
    wrong_auth_tokens: Buckets<IpAddr>,
    wrong_signatures: Buckets<IpAddr>,
    /// Who has shown the right secret of an account or an API key from where.
    trusted: Mutex<HashSet<(IpAddr, String)>>,
}

impl Rates {
    /// Nobody has asked for anything.
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            accounts: Buckets::new(500, Duration::from_secs(1), 5000),
            devices: Buckets::new(10, Duration::from_secs(1), 60),
            wrong_auth_tokens: Buckets::new(20, Duration::from_secs(60), 20),
            wrong_signatures: Buckets::new(60, Duration::from_secs(60), 60),
            trusted: Mutex::default(),
        }
    }

    /// How often a person may be asked.
    pub fn challenges(&self) -> ChallengeLimits {
        self.profile.challenges()
    }

    /// A backend that has shown its auth token asks for something.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn count_account(&self, account: &AccountSid, now: Timestamp) -> Result<(), TooMuch> {
        self.counted(|| self.accounts.take(account, now))
    }

    /// A device whose signature is right asks for something.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn count_device(&self, factor: &FactorSid, now: Timestamp) -> Result<(), TooMuch> {
        self.counted(|| self.devices.take(factor, now))
    }

    /// Somebody at this address wants to show the auth token of this account, or the secret of this API key. Where too
    /// many wrong ones came from, only those are heard who have shown the right one before.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn admit(&self, address: ClientAddress, user: &str, now: Timestamp) -> Result<(), TooMuch> {
        self.counted(|| {
            let network = network(address);
            match self.wrong_auth_tokens.look(&network, now) {
                Err(_) if lock(&self.trusted).contains(&(network, user.to_owned())) => Ok(()),
                outcome => outcome,
            }
        })
    }

    /// The auth token of this account, or the secret of this API key, was right.
    pub fn trust(&self, address: ClientAddress, user: &str) {
        // Where nobody is turned away, nobody has to be let in all the same.
        if self.profile == Profile::Off {
            return;
        }
        let mut trusted = lock(&self.trusted);
        if trusted.len() >= KEYS {
            trusted.clear();
        }
        trusted.insert((network(address), user.to_owned()));
    }

    /// The auth token was wrong.
    ///
    /// # Errors
    /// [`TooMuch`], if it was one too many.
    pub fn count_wrong_auth_token(&self, address: ClientAddress, now: Timestamp) -> Result<(), TooMuch> {
        self.counted(|| self.wrong_auth_tokens.take(&network(address), now))
    }

    /// The signature of a device was wrong. Right ones are heard from the same address all the while.
    ///
    /// # Errors
    /// [`TooMuch`], if it was one too many.
    pub fn count_wrong_signature(&self, address: ClientAddress, now: Timestamp) -> Result<(), TooMuch> {
        self.counted(|| self.wrong_signatures.take(&network(address), now))
    }

    fn counted(&self, count: impl FnOnce() -> Result<(), TooMuch>) -> Result<(), TooMuch> {
        if self.profile == Profile::Off {
            Ok(())
        } else {
            count()
        }
    }
}

/// Whose address it is: one of IPv6 stands for its /64, which one computer may have all of.
fn network(ClientAddress(address): ClientAddress) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// For each key, when the last request would have been due if they came steadily.
#[derive(Debug)]
struct Buckets<K> {
    /// The time between two requests that come steadily.
    step: SignedDuration,
    /// How far ahead of that a burst may be.
    ahead: SignedDuration,
    due: Mutex<HashMap<K, Timestamp>>,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    /// `requests` in each `period`, and `burst` of them at once after a pause.
    fn new(requests: u32, period: Duration, burst: u32) -> Self {
        let step = SignedDuration::try_from(period / requests).unwrap_or(SignedDuration::MAX);
        Self {
            step,
            ahead: step.saturating_mul(burst.saturating_sub(1).try_into().unwrap_or(i32::MAX)),
            due: Mutex::default(),
        }
    }

    /// Counts a request, if there is room for it.
    fn take(&self, key: &K, now: Timestamp) -> Result<(), TooMuch> {
        let mut due = lock(&self.due);
        let next = self.check(due.get(key), now)?;
        if due.len() >= KEYS && !due.contains_key(key) {
            due.retain(|_, due| *due > now);
            if due.len() >= KEYS {
                due.clear();
            }
        }
        due.insert(key.clone(), next);
        Ok(())
    }

    /// Whether there is room for a request.
    fn look(&self, key: &K, now: Timestamp) -> Result<(), TooMuch> {
        self.check(lock(&self.due).get(key), now).map(|_| ())
    }

    /// When the request after this one would be due.
    fn check(&self, due: Option<&Timestamp>, now: Timestamp) -> Result<Timestamp, TooMuch> {
        let due = due.map_or(now, |due| *due.max(&now));
        let early = due.duration_since(now) - self.ahead;
        if early.is_positive() {
            let again = Duration::try_from(early).unwrap_or_default();
            return Err(TooMuch { again });
        }
        Ok(due + self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_burst_is_taken_and_then_as_many_as_come_steadily() {
        let buckets = Buckets::new(2, Duration::from_secs(1), 5);
        let taken = |second, tries: usize| {
            let takes = (0..tries).map(|_| buckets.take(&"a", at(second)));
            takes.filter(Result::is_ok).count()
        };
        assert_eq!(taken(0, 20), 5);
        assert_eq!(taken(1, 20), 2);
        assert_eq!(taken(100, 20), 5, "and no more after a long pause");
        let refused = buckets.take(&"a", at(100)).unwrap_err();
        assert_eq!(refused.again, Duration::from_millis(500));
        buckets.take(&"b", at(100)).unwrap();
    }

    #[test]
    fn looking_takes_nothing_and_a_clock_that_goes_back_gives_nothing() {
        let buckets = Buckets::new(1, Duration::from_secs(1), 1);
        for _ in 0..3 {
            buckets.look(&1, at(0)).unwrap();
        }
        buckets.take(&1, at(0)).unwrap();
        assert!(buckets.look(&1, at(0)).is_err());
        assert!(buckets.take(&1, at(-3600)).is_err());
    }

    #[test]
    fn what_is_remembered_has_a_bound() {
        let buckets = Buckets::new(1, Duration::from_secs(1), 1);
        for key in 0..KEYS * 2 {
            buckets.take(&key, at(0)).unwrap();
        }
        assert!(lock(&buckets.due).len() <= KEYS);
    }

    #[test]
    fn one_network_is_one_address() {
        let of = |text: &str| network(ClientAddress(text.parse().unwrap()));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn whoever_was_right_before_is_heard_where_others_are_wrong() {
        let rates = Rates::new(Profile::Usual);
        let (office, elsewhere) = ("192.0.2.1", "192.0.2.2");
        let address = |text: &str| ClientAddress(text.parse().unwrap());
        let account = AccountSid::from_random([1; 16]);
        rates.trust(address(office), account.as_str());
        for _ in 0..20 {
            rates.count_wrong_auth_token(address(office), at(0)).unwrap();
        }
        assert!(rates.count_wrong_auth_token(address(office), at(0)).is_err());
        rates.admit(address(office), account.as_str(), at(0)).unwrap();
        assert!(rates.admit(address(office), "AC", at(0)).is_err());
        rates.admit(address(elsewhere), "AC", at(0)).unwrap();
        rates.admit(address(office), "AC", at(4)).unwrap();
    }
}
