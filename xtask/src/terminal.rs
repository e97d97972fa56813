//! `cargo xtask run` without a display: the same story for a person at a terminal, with the command line program.

use std::io::{IsTerminal, stdin};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::background::Background;
use crate::demo::text;
use crate::device::Device;
use crate::http;
use crate::run::Memory;
use crate::servers::build;
use crate::step::say;

/// Starts server and Acme, and leads the person from enrolment to decisions.
pub(crate) fn run() -> Result<()> {
    if !stdin().is_terminal() {
        bail!(
            "this asks questions, and standard input is not a terminal. Run `cargo xtask run` in a terminal, or \
             `cargo xtask run --demo` to see the whole story without questions"
        );
    }
    build(&["countersign-server", "countersign-issuer", "countersign-cli"])?;
    let background = Background::new()?;
    let mut memory = Memory::recall()?;
    let acme = memory.start_servers(&background)?;
    let device = Device::prepare(memory.folder())?;
    say(&format!(
        "Acme's page, should you have a browser elsewhere: {acme}"
    ));
    session(&acme, &device)?;
    background.end();
    Ok(())
}

fn session(acme: &str, device: &Device) -> Result<()> {
    let Some(identity) = enrolled_identity(acme, device)? else {
        return Ok(());
    };
    loop {
        let question = "[s] let Acme ask you to sign in, [Enter] look for requests, [q] end:";
        let done = match choose(question, &["s", "", "q"])?.as_str() {
            "s" => sign_in(acme, device, &identity),
            "" => answer_pending(device),
            _ => return Ok(()),
        };
        // A request that expired, say, is no reason to end.
        if let Err(error) = done {
            say(&format!("{error:#}"));
        }
    }
}

/// The identity that this device answers for; enrols it first when it answers for nobody yet.
fn enrolled_identity(acme: &str, device: &Device) -> Result<Option<String>> {
    let factors = device.ask(&["factors"], "")?;
    if let Some(factor) = list(&factors, "factors").first() {
        say("This terminal is enrolled already.");
        return Ok(Some(text(factor, "identity")?));
    }
    if ask("Enrol this terminal with Acme? [Y/n]")?.starts_with('n') {
        return Ok(None);
    }
    let enrolment = http::post(&format!("{acme}/enrol"), &json!({}))?;
    let factor = device.ask(&["enrol", "-", "--yes"], &text(&enrolment, "link")?)?;
    say(&format!("Enrolled as {}.", text(&factor, "sid")?));
    Ok(Some(text(&enrolment, "identity")?))
}

fn sign_in(acme: &str, device: &Device, identity: &str) -> Result<()> {
    let asked = http::post(&format!("{acme}/sign-in"), &json!({ "identity": identity }))?;
    let challenge_sid = text(&asked, "challenge_sid")?;
    answer(device, &challenge_sid)?;
    let status = text(
        &http::fetch(&format!("{acme}/sign-in/{challenge_sid}"))?,
        "status",
    )?;
    say(&format!("Acme reads: {status}."));
    Ok(())
}

fn answer_pending(device: &Device) -> Result<()> {
    let inbox = device.ask(&["inbox"], "")?;
    let requests = list(&inbox, "requests");
    if requests.is_empty() {
        say("Nobody asks for anything.");
    }
    for request in requests {
        answer(device, &text(request, "sid")?)?;
    }
    Ok(())
}

/// Shows one request and lets the person decide. What they decide on is what they saw, or nothing.
fn answer(device: &Device, challenge_sid: &str) -> Result<()> {
    let request = device.ask(&["show", challenge_sid], "")?;
    let digest = text(&request, "digest")?;
    device.show(&["show", challenge_sid])?;
    let decision = [challenge_sid, "--yes", "--shown", &digest];
    let answered = match choose(
        "[a] approve, [d] deny, [Enter] leave it for later:",
        &["a", "d", ""],
    )?
    .as_str()
    {
        "a" if !request["number"].is_null() => {
            let number = ask("Type the number shown where you started this:")?;
            device.ask(
                &[&["approve"], &decision[..], &["--number", "-"]].concat(),
                &number,
            )?
        }
        "a" => device.ask(&[&["approve"], &decision[..]].concat(), "")?,
        "d" => device.ask(&[&["deny"], &decision[..]].concat(), "")?,
        _ => return Ok(()),
    };
    say(&format!(
        "The server took the signed answer: {}.",
        text(&answered, "status")?
    ));
    Ok(())
}

/// The members of a list, whether it is the whole answer or a named part of it.
fn list<'a>(answer: &'a Value, name: &str) -> &'a [Value] {
    answer
        .as_array()
        .or_else(|| answer[name].as_array())
        .map_or(&[], Vec::as_slice)
}

/// Asks until the answer is one of these.
fn choose(question: &str, answers: &[&str]) -> Result<String> {
    loop {
        let answer = ask(question)?;
        if answers.contains(&answer.as_str()) {
            return Ok(answer);
        }
        say(&format!("\"{answer}\" is none of these; nothing was done."));
    }
}

/// Asks, and returns the answer in small letters. The end of the input ends the session.
fn ask(question: &str) -> Result<String> {
    say(question);
    let mut line = String::new();
    if stdin().read_line(&mut line).context("cannot read the answer")? == 0 {
        bail!("the input ended");
    }
    Ok(line.trim().to_lowercase())
}
