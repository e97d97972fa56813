//! Settings, quiet, and how long the history is kept.

use countersign_protocol::sid::{ChallengeSid, FactorSid};
use jiff::SignedDuration;

use super::setup::{Setup, told, wait_for};
use crate::{Event, MuteError, MuteReason, MuteScope, Reason, Settings, Theme};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn settings_are_kept_over_the_end_of_the_program_and_told_of() {
    let mut setup = Setup::new().await;
    assert_eq!(setup.app.settings().await.unwrap(), Settings::default());
    let chosen = Settings {
        theme: Theme::Dark,
        lock_after_minutes: Some(5),
        language: Some("pt-BR".to_owned()),
        ..Settings::default()
    };
    let mut events = setup.app.subscribe();
    setup.app.change_settings(&chosen).await.unwrap();
    assert_eq!(told(&mut events), [Event::SettingsChanged]);
    setup.restart().await;
    assert_eq!(setup.app.settings().await.unwrap(), chosen);
}

#[tokio::test]
async fn settings_that_make_no_sense_change_nothing() {
    let setup = Setup::new().await;
    let mut events = setup.app.subscribe();
    let bad = Settings {
        history_days: Some(0),
        close_to_tray: false,
        ..Settings::default()
    };
    let refused = setup.app.change_settings(&bad).await.unwrap_err();
    assert!(refused.to_string().contains("history"), "{refused}");
    assert_eq!(setup.app.settings().await.unwrap(), Settings::default());
    assert!(told(&mut events).is_empty());
}

#[tokio::test]
async fn quiet_ends_by_itself_by_word_and_with_its_factor() {
    let (mut setup, factor) = Setup::enrolled().await;
    let (all, one) = (MuteScope::Everything, MuteScope::Factor(factor.sid.clone()));
    let hour = SignedDuration::from_hours(1);
    let mut events = setup.app.subscribe();
    let mute = setup.app.mute(one.clone(), hour).await.unwrap();
    assert_eq!(told(&mut events), [Event::MutesChanged]);
    assert!(mute.covers(&factor.sid) && mute.reason == MuteReason::Asked);
    setup.app.mute(all.clone(), hour + hour).await.unwrap();
    // Asked again, what was asked first does not count any more.
    setup.app.mute(all.clone(), hour).await.unwrap();
    setup.restart().await;
    assert_eq!(setup.app.mutes().await.unwrap().len(), 2);
    setup.app.unmute(&all).await.unwrap();
    assert_eq!(setup.app.mutes().await.unwrap(), [mute]);
    setup.clock.advance(hour);
    assert_eq!(setup.app.mutes().await.unwrap(), []);
    setup.app.mute(one, hour).await.unwrap();
    setup.app.remove(&factor.sid).await.unwrap();
    assert_eq!(setup.app.mutes().await.unwrap(), []);
}

#[tokio::test]
async fn quiet_of_no_factor_or_for_no_time_or_for_ever_is_refused() {
    let setup = Setup::new().await;
    let stranger: FactorSid = "YF0123456789abcdef0123456789abcdef".parse().unwrap();
    let refused = setup
        .app
        .mute(MuteScope::Factor(stranger), SignedDuration::from_mins(20))
        .await;
    assert!(matches!(refused, Err(MuteError::NotFound)), "{refused:?}");
    for length in [
        SignedDuration::ZERO,
        SignedDuration::MIN,
        DAY + DAY,
        SignedDuration::MAX,
    ] {
        let refused = setup.app.mute(MuteScope::Everything, length).await;
        assert!(matches!(refused, Err(MuteError::Length)), "{length}");
    }
    assert_eq!(setup.app.mutes().await.unwrap(), []);
}

#[tokio::test]
async fn a_report_quiets_all_factors_of_its_issuer_and_no_other() {
    let (setup, shown) = Setup::asked().await;
    let second = setup.app.enrol(&setup.double.link()).await.unwrap();
    let elsewhere = Setup::enrolled().await;
    let link = elsewhere.0.double.link();
    let other = setup.app.enrol(&link).await.unwrap();
    let report = setup.app.report(&shown.sid, &shown.digest, Reason::NotMe, None);
    report.await.unwrap();
    let mutes = setup.app.mutes().await.unwrap();
    let covers = |sid: &FactorSid| mutes.iter().any(|mute| mute.covers(sid));
    assert!(
        covers(&shown.factor_sid) && covers(&second.sid) && !covers(&other.sid),
        "{mutes:?}"
    );
    let until = "2026-11-20T05:00:00Z".parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_mins(20);
    assert!(
        mutes
            .iter()
            .all(|mute| mute.until == until && mute.reason == MuteReason::Reported)
    );
}

#[tokio::test]
async fn a_report_does_not_shorten_quiet_that_was_asked_for() {
    let (setup, shown) = Setup::asked().await;
    let scope = MuteScope::Factor(shown.factor_sid.clone());
    let asked = setup
        .app
        .mute(scope, SignedDuration::from_hours(8))
        .await
        .unwrap();
    let report = setup.app.report(&shown.sid, &shown.digest, Reason::NotMe, None);
    report.await.unwrap();
    assert_eq!(setup.app.mutes().await.unwrap(), [asked]);
}

#[tokio::test]
async fn history_goes_when_its_days_are_over_and_what_waits_stays() {
    let (mut setup, shown) = Setup::asked().await;
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    setup.clock.advance(DAY * 40);
    setup.servers_clock.advance(DAY * 40);
    setup.restart().await;
    assert!(
        remembers(&setup, &shown.sid).await,
        "for ever unless somebody says"
    );
    let open = setup.double.challenge(&shown.factor_sid, "And now?");
    setup.show(&open).await;
    let settings = Settings {
        history_days: Some(41),
        ..Settings::default()
    };
    setup.app.change_settings(&settings).await.unwrap();
    setup.clock.advance(DAY);
    setup.restart().await;
    assert!(remembers(&setup, &shown.sid).await);
    setup.clock.advance(SignedDuration::from_secs(60));
    setup.restart().await;
    assert!(!remembers(&setup, &shown.sid).await);
    assert!(setup.app.request(&open).await.is_ok());
}

async fn remembers(setup: &Setup, sid: &ChallengeSid) -> bool {
    let history = setup.app.history(9).await.unwrap();
    history.iter().any(|entry| entry.sid == *sid)
}

#[tokio::test]
async fn a_shorter_history_is_short_at_once() {
    let (setup, shown) = Setup::asked().await;
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    setup.clock.advance(DAY * 3);
    let settings = Settings {
        history_days: Some(2),
        ..Settings::default()
    };
    setup.app.change_settings(&settings).await.unwrap();
    assert!(setup.app.history(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_program_that_runs_for_days_lets_go_of_its_history_too() {
    let (setup, shown) = Setup::asked().await;
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    let settings = Settings {
        history_days: Some(2),
        ..Settings::default()
    };
    setup.app.change_settings(&settings).await.unwrap();
    setup.clock.advance(DAY * 3);
    let mut events = setup.app.subscribe();
    let polling = setup.app.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;
    assert!(!remembers(&setup, &shown.sid).await);
    polling.stop().await;
}
