//! Quiet for a while: no notifications of one factor, or of all. The requests themselves wait in the inbox all the
//! same.

use countersign_protocol::sid::FactorSid;
use jiff::{SignedDuration, Timestamp};

use crate::{device::Device, event::Event, store::StoreError};

/// How long an issuer's notifications stay away after a report: whoever floods this person is about to try again.
pub(crate) const AFTER_REPORT: SignedDuration = SignedDuration::from_mins(20);

/// The longest that a person may ask for. Who wants none at all says so in the settings, where it is not forgotten.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// Of what there are no notifications, until when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// Of what.
    pub scope: MuteScope,
    /// Until when, by this computer's clock.
    pub until: Timestamp,
    /// Why.
    pub reason: MuteReason,
}

impl Mute {
    /// Whether requests to this factor are not announced.
    pub fn covers(&self, factor: &FactorSid) -> bool {
        match &self.scope {
            MuteScope::Everything => true,
            MuteScope::Factor(muted) => muted == factor,
        }
    }
}

/// Of what there are no notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MuteScope {
    /// Of any request.
    Everything,
    /// Of requests to this factor.
    Factor(FactorSid),
}

/// Why there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MuteReason {
    /// The person asked for quiet.
    Asked,
    /// The person reported a request of this issuer.
    Reported,
}

/// Why nothing was muted.
#[derive(Debug, thiserror::Error)]
pub enum MuteError {
    /// There is no such factor.
    #[error("there is no such factor on this computer")]
    NotFound,
    /// The time is none, or longer than a day.
    #[error("quiet lasts from one minute to 24 hours")]
    Length,
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mutes for as long as a person asked, whatever was muted before.
pub(crate) async fn mute(
    device: &Device,
    scope: MuteScope,
    lasting: SignedDuration,
) -> Result<Mute, MuteError> {
    if lasting < SignedDuration::from_mins(1) || lasting > LONGEST {
        return Err(MuteError::Length);
    }
    if let MuteScope::Factor(sid) = &scope
        && device.store.load_factor(sid).await?.is_none()
    {
        return Err(MuteError::NotFound);
    }
    let mute = Mute {
        scope,
        until: device.now().saturating_add(lasting).unwrap_or(Timestamp::MAX),
        reason: MuteReason::Asked,
    };
    device.store.save_mute(&mute).await?;
    device.tell(Event::MutesChanged);
    Ok(mute)
}

/// Ends a mute. One that is not there has ended before.
pub(crate) async fn unmute(device: &Device, scope: &MuteScope) -> Result<(), StoreError> {
    device.store.delete_mute(scope).await?;
    device.tell(Event::MutesChanged);
    Ok(())
}

/// Those that last.
pub(crate) async fn mutes(device: &Device) -> Result<Vec<Mute>, StoreError> {
    device.store.load_mutes(device.now()).await
}

/// Mutes all factors of the service that this one is enrolled at, as long as no longer quiet was asked for.
pub(crate) async fn after_report(device: &Device, reported: &FactorSid) -> Result<(), StoreError> {
    let factors = device.store.load_factors().await?;
    let Some(of) = factors.iter().find(|factor| factor.sid == *reported) else {
        return Ok(());
    };
    let now = device.now();
    let until = now.saturating_add(AFTER_REPORT).unwrap_or(Timestamp::MAX);
    let muted = device.store.load_mutes(now).await?;
    for factor in &factors {
        let scope = MuteScope::Factor(factor.sid.clone());
        let longer = muted.iter().any(|mute| mute.scope == scope && mute.until > until);
        if (&factor.server, &factor.service_sid) == (&of.server, &of.service_sid) && !longer {
            let reason = MuteReason::Reported;
            device.store.save_mute(&Mute { scope, until, reason }).await?;
        }
    }
    device.tell(Event::MutesChanged);
    Ok(())
}
