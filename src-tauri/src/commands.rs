//! Everything that the page may ask of the program. Each command turns texts into core's types, asks core, and turns
//! the answer into a view; what may be answered, and how, is core's to decide.

pub(crate) mod attention;
pub(crate) mod choices;
pub(crate) mod keychain;
pub(crate) mod lock;
pub(crate) mod qr;
pub(crate) mod verification;

use countersign_core::{AnswerError, Approval, Reason, ShownDigest};
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use secrecy::SecretString;
use tauri::{AppHandle, State};

use crate::{
    command_error::CommandError,
    desk::Desk,
    links::PendingLink,
    lock::Lock,
    options::Link,
    views::{
        Decided, EnrolmentPreview, FactorView, HistoryEntryView, OutcomeView, RemovalView, ReportView,
        RequestView, Snapshot,
    },
    words,
};

/// How many entries of the history are shown.
const HISTORY: u32 = 200;

/// Everything that the window shows before a person opens something. Reads the store only.
#[tauri::command]
#[specta::specta]
pub(crate) async fn snapshot(desk: State<'_, Desk>, lock: State<'_, Lock>) -> Result<Snapshot, CommandError> {
    let snapshot = desk.open().await?.snapshot().await?;
    Ok(snapshot.seen_through(&lock))
}

/// The language that the program speaks, for the page to speak the same. Works whatever else does not.
#[tauri::command]
#[specta::specta]
pub(crate) fn language(app: AppHandle) -> Result<String, CommandError> {
    Ok(words::language(&app).tag().to_owned())
}

/// What a link would do. Sends nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_link(
    desk: State<'_, Desk>,
    text: String,
) -> Result<EnrolmentPreview, CommandError> {
    Ok(desk.open().await?.authenticator.preview(&text)?.into())
}

/// Enrols this computer with a link that the person has confirmed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn enrol(desk: State<'_, Desk>, text: String) -> Result<FactorView, CommandError> {
    let factor = desk.open().await?.authenticator.enrol(&text).await?;
    Ok(FactorView::from(&factor))
}

/// Fetches a request anew: what comes back is what an answer will be held against.
#[tauri::command]
#[specta::specta]
pub(crate) async fn show_request(desk: State<'_, Desk>, sid: String) -> Result<RequestView, CommandError> {
    let request = desk
        .open()
        .await?
        .authenticator
        .refresh(&challenge(&sid)?)
        .await?;
    Ok(RequestView::from(&request))
}

/// Approves exactly what was shown under `digest`, or nothing; with the number that the person typed, if the request
/// asks for one, and with the app's PIN, if the factor's policy asks for verification and the system cannot ask.
#[tauri::command]
#[specta::specta]
pub(crate) async fn approve(
    desk: State<'_, Desk>,
    sid: String,
    digest: String,
    number: Option<String>,
    pin: Option<String>,
) -> Result<OutcomeView, CommandError> {
    let desk = desk.open().await?;
    let (sid, shown) = (challenge(&sid)?, shown(&digest)?);
    let number = number.map(|digits| digits.parse().map_err(|_| AnswerError::NumberNeeded));
    let typed = Approval {
        number: number.transpose()?,
        pin: pin.map(SecretString::from),
    };
    let answered = desk.authenticator.approve_with(&sid, &shown, &typed).await?;
    Ok(OutcomeView::new(
        &answered,
        Decided::Approved,
        desk.issuer_of(&sid).await,
    ))
}

/// Denies exactly what was shown under `digest`, or nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn deny(
    desk: State<'_, Desk>,
    sid: String,
    digest: String,
) -> Result<OutcomeView, CommandError> {
    let desk = desk.open().await?;
    let (sid, shown) = (challenge(&sid)?, shown(&digest)?);
    let answered = desk.authenticator.deny(&sid, &shown).await?;
    Ok(OutcomeView::new(
        &answered,
        Decided::Denied,
        desk.issuer_of(&sid).await,
    ))
}

/// Denies what was shown under `digest`, unless it is denied already, and tells the issuer that somebody else made the
/// request; in the person's own words too, if they have any.
#[tauri::command]
#[specta::specta]
pub(crate) async fn report_not_me(
    desk: State<'_, Desk>,
    sid: String,
    digest: String,
    note: Option<String>,
) -> Result<ReportView, CommandError> {
    let desk = desk.open().await?;
    let (sid, shown) = (challenge(&sid)?, shown(&digest)?);
    let report = desk
        .authenticator
        .report(&sid, &shown, Reason::NotMe, note.as_deref());
    Ok(ReportView::from(report.await?))
}

/// Asks all servers now, and the keychain too if it was not usable.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_now(
    desk: State<'_, Desk>,
    lock: State<'_, Lock>,
) -> Result<Snapshot, CommandError> {
    let desk = desk.open().await?;
    desk.check_now().await;
    Ok(desk.snapshot().await?.seen_through(&lock))
}

/// Removes a factor, from the server as well where it can be reached.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_factor(desk: State<'_, Desk>, sid: String) -> Result<RemovalView, CommandError> {
    let sid: FactorSid = sid
        .parse()
        .map_err(|_| CommandError::not_ours("a factor's SID"))?;
    let removal = desk.open().await?.authenticator.remove(&sid).await?;
    Ok(RemovalView::new(&sid, removal))
}

/// What was answered or expired, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history(desk: State<'_, Desk>) -> Result<Vec<HistoryEntryView>, CommandError> {
    let entries = desk.open().await?.authenticator.history(HISTORY).await?;
    Ok(entries.into_iter().map(HistoryEntryView::from).collect())
}

/// The link that the system opened with this program, once.
#[tauri::command]
#[specta::specta]
pub(crate) fn pending_link(links: State<'_, PendingLink>) -> Result<Option<String>, CommandError> {
    Ok(links.take().map(Link::into_text))
}

fn challenge(sid: &str) -> Result<ChallengeSid, CommandError> {
    sid.parse()
        .map_err(|_| CommandError::not_ours("a challenge's SID"))
}

fn shown(digest: &str) -> Result<ShownDigest, CommandError> {
    digest.parse().map_err(|_| CommandError::not_ours("a digest"))
}
