//! What a person can want from outside the window, and what becomes of it.

use std::{fmt, str::FromStr};

use countersign_core::{MuteScope, ShownDigest};
use countersign_protocol::{
    challenge_response::Decision,
    clock::{Clock, SystemClock},
    sid::ChallengeSid,
};
use jiff::tz::TimeZone;
use tauri::{AppHandle, Manager};

use super::{Attention, quiet::Quiet, sight::Sight};
use crate::{
    command_error::{CommandError, ErrorCode},
    desk::Desk,
    doorbell::{self, Told},
    landing, links,
    lock::Lock,
};

/// Something that the tray or a notification offers. Its text is what a menu's entry is known by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Wish {
    /// To see the window.
    Open,
    /// To have the servers asked.
    CheckNow,
    /// No notifications for a while.
    Mute(Quiet),
    /// Notifications again.
    Unmute,
    /// To have everything but the count hidden.
    Lock,
    /// To end the program.
    Quit,
    /// To see this request in the window.
    Review(ChallengeSid),
    /// To give this answer to exactly what was shown under this digest, or to nothing.
    Answer(Decision, ChallengeSid, Box<ShownDigest>),
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("open"),
            Self::CheckNow => f.write_str("check"),
            Self::Mute(quiet) => write!(f, "mute {}", quiet.key()),
            Self::Unmute => f.write_str("unmute"),
            Self::Lock => f.write_str("lock"),
            Self::Quit => f.write_str("quit"),
            Self::Review(sid) => write!(f, "review {sid}"),
            Self::Answer(Decision::Approved, sid, shown) => write!(f, "approve {sid} {shown}"),
            Self::Answer(Decision::Denied, sid, shown) => write!(f, "deny {sid} {shown}"),
        }
    }
}

/// The text is not that of a wish.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoWish;

impl FromStr for Wish {
    type Err = NoWish;

    fn from_str(text: &str) -> Result<Self, NoWish> {
        let words: Vec<&str> = text.split(' ').collect();
        let sid = |text: &str| text.parse().map_err(|_| NoWish);
        let answer = |decision, of: &str, shown: &str| {
            let shown = shown.parse().map_err(|_| NoWish)?;
            Ok(Self::Answer(decision, sid(of)?, Box::new(shown)))
        };
        match words[..] {
            ["open"] => Ok(Self::Open),
            ["check"] => Ok(Self::CheckNow),
            ["mute", how] => Quiet::ALL
                .into_iter()
                .find(|quiet| quiet.key() == how)
                .map(Self::Mute)
                .ok_or(NoWish),
            ["unmute"] => Ok(Self::Unmute),
            ["lock"] => Ok(Self::Lock),
            ["quit"] => Ok(Self::Quit),
            ["review", of] => Ok(Self::Review(sid(of)?)),
            ["approve", of, shown] => answer(Decision::Approved, of, shown),
            ["deny", of, shown] => answer(Decision::Denied, of, shown),
            _ => Err(NoWish),
        }
    }
}

/// Where something is wished for: what may be approved there, a factor's policy says for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the tray's menu.
    Tray,
    /// On a notification.
    Bell,
}

impl Wish {
    /// Does what is wished for.
    pub(crate) fn grant(self, app: &AppHandle, place: Place) {
        match self {
            Self::Open => links::open(app, None),
            Self::Review(sid) => landing::open(app, sid),
            Self::Quit => app.exit(0),
            Self::Answer(decision, sid, shown) => {
                tauri::async_runtime::spawn(answer(app.clone(), place, decision, sid, shown));
            }
            Self::CheckNow | Self::Mute(_) | Self::Unmute | Self::Lock => {
                let app = app.clone();
                tauri::async_runtime::spawn(async move {
                    if let Err(error) = self.ask_of_desk(&app).await {
                        doorbell::tell_failure(&app, &error).await;
                    }
                });
            }
        }
    }

    async fn ask_of_desk(self, app: &AppHandle) -> Result<(), CommandError> {
        let desk = app.state::<Desk>().inner().clone();
        let open = desk.open().await?;
        let everything = MuteScope::Everything;
        match self {
            Self::Mute(quiet) => {
                let lasting = quiet.lasting(&SystemClock.now().to_zoned(TimeZone::system()));
                open.authenticator.mute(everything, lasting).await?;
            }
            Self::Unmute => open.authenticator.unmute(&everything).await?,
            Self::Lock => app.state::<Lock>().on_demand(open).await?,
            _ => open.check_now().await,
        }
        Ok(())
    }
}

/// Gives an answer, and tells what became of it. Whatever has to be looked at first is opened in the window instead.
async fn answer(
    app: AppHandle,
    place: Place,
    decision: Decision,
    sid: ChallengeSid,
    shown: Box<ShownDigest>,
) {
    // A lock may have closed since that was seen.
    let locked = app.state::<Lock>().is_locked();
    let sight = app.state::<Attention>().sight().as_seen(locked);
    if !is_offered(&sight, place, decision, &sid) {
        return landing::open(&app, sid);
    }
    let name = sight
        .text_of(&sid)
        .map_or_else(String::new, |text| text.name.clone());
    let outcome = send(&app, decision, &sid, &shown).await;
    if outcome.as_ref().is_err_and(|error| needs_a_look(error.code)) {
        landing::open(&app, sid.clone());
    }
    doorbell::tell(
        &app,
        &Told {
            decision,
            sid,
            name,
            outcome,
        },
    )
    .await;
}

/// What was offered a while ago may be so no longer: the person locked the program, or wants to be asked.
fn is_offered(sight: &Sight, place: Place, decision: Decision, sid: &ChallengeSid) -> bool {
    match sight.text_of(sid) {
        Some(text) => {
            let approves = match place {
                Place::Tray => text.tray_approves,
                Place::Bell => text.bell_approves,
            };
            decision == Decision::Denied || (text.is_all && approves)
        }
        // One that is over is told of in the outcome. To approve it, it has to stand there.
        None => decision == Decision::Denied && !sight.locked,
    }
}

async fn send(
    app: &AppHandle,
    decision: Decision,
    sid: &ChallengeSid,
    shown: &ShownDigest,
) -> Result<(), CommandError> {
    let desk = app.state::<Desk>().inner().clone();
    let authenticator = &desk.open().await?.authenticator;
    match decision {
        Decision::Approved => authenticator.approve(sid, shown).await?,
        Decision::Denied => authenticator.deny(sid, shown).await?,
    };
    Ok(())
}

/// Whether the next step is one that only the window has.
fn needs_a_look(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::ChangedSinceShown | ErrorCode::NumberNeeded | ErrorCode::PinNeeded
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::sight::testing::ask;

    #[test]
    fn a_wish_is_read_as_it_is_written_and_nothing_else_is_one() {
        let sid = ChallengeSid::from_random([7; 16]);
        let shown: Box<ShownDigest> = Box::new("ab".repeat(32).parse().unwrap());
        for wish in [
            Wish::Open,
            Wish::CheckNow,
            Wish::Mute(Quiet::Hour),
            Wish::Unmute,
            Wish::Lock,
            Wish::Quit,
            Wish::Review(sid.clone()),
            Wish::Answer(Decision::Approved, sid.clone(), shown.clone()),
            Wish::Answer(Decision::Denied, sid, shown),
        ] {
            assert_eq!(wish.to_string().parse(), Ok(wish));
        }
        for text in ["", "approve", "approve x y", "deny YC07", "open now", "review"] {
            assert_eq!(text.parse::<Wish>(), Err(NoWish), "{text}");
        }
    }

    #[test]
    fn what_no_longer_stands_there_is_not_approved() {
        let sid = ChallengeSid::from_random([7; 16]);
        let sight = Sight::default();
        for place in [Place::Tray, Place::Bell] {
            assert!(!is_offered(&sight, place, Decision::Approved, &sid));
            assert!(is_offered(&sight, place, Decision::Denied, &sid));
            assert!(!is_offered(&sight.as_seen(true), place, Decision::Denied, &sid));
        }
    }

    #[test]
    fn each_place_approves_only_what_it_may_and_nothing_once_it_is_locked() {
        let mut ask = ask(1, 1);
        let sid = ask.sid.clone();
        let text = ask.text.as_mut().unwrap();
        (text.is_all, text.tray_approves, text.bell_approves) = (true, true, false);
        let sight = Sight {
            asks: vec![ask],
            ..Sight::default()
        };
        let offered = |sight: &Sight, place| is_offered(sight, place, Decision::Approved, &sid);
        assert!(offered(&sight, Place::Tray));
        assert!(!offered(&sight, Place::Bell));
        assert!(!offered(&sight.as_seen(true), Place::Tray));
    }
}
