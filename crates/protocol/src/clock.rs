//! The door through which time comes in.

use jiff::Timestamp;

/// Where "now" comes from. Everything that depends on time is given one; tests steer theirs.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the wall clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until a test moves it. Clones share the same time.
#[cfg(feature = "testing")]
#[derive(Debug, Clone)]
pub struct SteerableClock(std::sync::Arc<std::sync::Mutex<Timestamp>>);

#[cfg(feature = "testing")]
impl SteerableClock {
    /// A clock that shows `start`.
    pub fn at(start: Timestamp) -> Self {
        Self(std::sync::Arc::new(std::sync::Mutex::new(start)))
    }

    /// Moves the clock forward, or back if `by` is negative.
    pub fn advance(&self, by: jiff::SignedDuration) {
        let mut now = self.0.lock().expect("no test panics while it holds the clock");
        *now += by;
    }

    /// Puts the clock at `to`.
    pub fn set(&self, to: Timestamp) {
        *self.0.lock().expect("no test panics while it holds the clock") = to;
    }
}

#[cfg(feature = "testing")]
impl Clock for SteerableClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test panics while it holds the clock")
    }
}
