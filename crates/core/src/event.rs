//! What listeners are told: that something changed, never what it is now. The store is the truth; a listener that
//! missed an event reads again and is right.

use countersign_protocol::sid::{ChallengeSid, FactorSid};

/// A change. Carries ids only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A factor was enrolled, verified, renamed or removed.
    FactorsChanged,
    /// A request that this device did not know is waiting for a decision.
    RequestArrived {
        /// Which.
        sid: ChallengeSid,
    },
    /// A waiting request was fetched again and is not what it was.
    RequestChanged {
        /// Which.
        sid: ChallengeSid,
    },
    /// A request was answered, here or elsewhere, or expired, or is gone.
    RequestSettled {
        /// Which.
        sid: ChallengeSid,
    },
    /// The way to a factor's server is another than before.
    ConnectionChanged {
        /// Whose.
        factor_sid: FactorSid,
    },
    /// A factor's server has been asked, by the poller or, for all factors, because a person wanted it.
    Checked,
    /// Another process of this profile changed the store.
    ChangedElsewhere,
    /// The settings are others.
    SettingsChanged,
    /// Something was muted, or is not any more. That a mute's time is over is not told.
    MutesChanged,
    /// The poller started or ended.
    PollingChanged,
}
