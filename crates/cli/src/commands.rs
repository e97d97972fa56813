//! One command, one file.

mod answer;
mod check;
mod doctor;
mod enrol;
mod factors;
mod history;
mod inbox;
mod mute;
mod picture;
mod pin;
mod policy;
mod remove;
mod report;
mod settings;
mod show;
mod watch;

use countersign_core::Profile;

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
    output::Output,
    session::Session,
};

/// Does what the command line says.
pub(crate) async fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let profile = Profile::find(arguments.home)?;
    let session = Session::new(profile, arguments.keychain, *output);
    match arguments.command {
        Command::Enrol { link, qr, consent } => {
            let link = match qr {
                Some(picture) => picture::link_in(&picture)?,
                None => link.unwrap_or_default(),
            };
            enrol::run(&session, &link, consent).await
        }
        Command::Factors => factors::run(&session).await,
        Command::Inbox => inbox::run(&session).await,
        Command::Watch => watch::run(&session).await,
        Command::Show { sid } => show::run(&session, &sid).await,
        Command::Approve {
            which,
            consent,
            number,
        } => answer::approve(&session, &which, consent, number).await,
        Command::Deny {
            which,
            not_me: true,
            note,
            ..
        } => report::run(&session, &which, note.as_deref()).await,
        Command::Deny { which, .. } => answer::deny(&session, &which).await,
        Command::Check => check::run(&session).await,
        Command::History { limit } => history::run(&session, limit).await,
        Command::Remove { sid, consent } => remove::run(&session, &sid, consent).await,
        Command::Policy { sid, changes } => policy::run(&session, &sid, changes).await,
        Command::Pin { action } => pin::run(&session, action).await,
        Command::Settings { key, value } => settings::run(&session, key.as_deref(), value.as_deref()).await,
        Command::Mute { factor, lasting } => mute::mute(&session, factor, lasting).await,
        Command::Unmute { factor } => mute::unmute(&session, factor).await,
        Command::Doctor => doctor::run(&session).await,
    }
}
