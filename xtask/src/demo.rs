//! `cargo xtask run --demo`: the whole story without questions, with real processes.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::background::Background;
use crate::device::Device;
use crate::http;
use crate::servers::{ANY_PORT, Account, build, start_acme, start_server};
use crate::step::say;

/// Plays enrolment, challenge, approval and confirmation, and prints what came out: one JSON object, or sentences.
pub(crate) fn play(as_json: bool) -> Result<()> {
    build(&["countersign-server", "countersign-issuer", "countersign-cli"])?;
    let background = Background::new()?;
    let outcome = story(&background)?;
    background.end();
    if as_json {
        println!("{}", outcome.into_json());
    } else {
        println!("{}", outcome.into_sentences());
    }
    Ok(())
}

/// Plays the story with programs that are built already, for the tests.
pub(crate) fn rehearse() -> Result<()> {
    let background = Background::new()?;
    let outcome = story(&background)?;
    background.end();
    say(&outcome.into_json().to_string());
    Ok(())
}

/// What the story came to.
struct Outcome {
    factor_sid: String,
    challenge_sid: String,
    status: String,
    keychain: &'static str,
    signed_response: String,
    steps: Vec<Step>,
}

struct Step {
    name: &'static str,
    milliseconds: u128,
}

/// Measures the steps of the story as they happen.
#[derive(Default)]
struct Steps(Vec<Step>);

impl Steps {
    fn take<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let done = work().with_context(|| format!("the step \"{name}\" failed"))?;
        let milliseconds = start.elapsed().as_millis();
        say(&format!("{name}: {milliseconds} ms"));
        self.0.push(Step { name, milliseconds });
        Ok(done)
    }
}

fn story(background: &Background) -> Result<Outcome> {
    let folder = background.make_scratch_folder()?;
    let account = Account::make()?;
    let mut steps = Steps::default();
    let server = steps.take("server", || start_server(background, &account, &folder, ANY_PORT))?;
    let acme = steps.take("issuer", || {
        start_acme(background, &account, &folder, &server, ANY_PORT)
    })?;
    let device = Device::prepare(&folder)?;
    let (factor_sid, identity) = steps.take("enrol", || enrol(&acme, &device))?;
    let decided = decide(&acme, &device, &identity, &mut steps);
    // A key in the keychain of the system outlives the folder, and so it is removed whatever came out.
    let removed = device.ask(&["remove", &factor_sid, "--yes"], "");
    let (challenge_sid, signed_response, status) = decided?;
    removed.context("the factor could not be removed after the story")?;
    let keychain = device.keychain().name();
    Ok(Outcome {
        factor_sid,
        challenge_sid,
        status,
        keychain,
        signed_response,
        steps: steps.0,
    })
}

fn enrol(acme: &str, device: &Device) -> Result<(String, String)> {
    let enrolment = http::post(&format!("{acme}/enrol"), &json!({}))?;
    let factor = device.ask(&["enrol", "-", "--yes"], &text(&enrolment, "link")?)?;
    Ok((text(&factor, "sid")?, text(&enrolment, "identity")?))
}

/// From Acme's question to Acme's answer: the challenge's SID, the signed response and the status that Acme reads.
fn decide(
    acme: &str,
    device: &Device,
    identity: &str,
    steps: &mut Steps,
) -> Result<(String, String, String)> {
    let question = json!({ "identity": identity });
    let challenge_sid = steps.take("challenge", || {
        text(
            &http::post(&format!("{acme}/sign-in"), &question)?,
            "challenge_sid",
        )
    })?;
    steps.take("inbox", || {
        let inbox = device.ask(&["inbox"], "")?;
        if !inbox.to_string().contains(&challenge_sid) {
            bail!("the challenge {challenge_sid} is not in the inbox: {inbox}");
        }
        Ok(())
    })?;
    let signed_response = steps.take("approve", || {
        text(
            &device.ask(&["approve", &challenge_sid, "--yes"], "")?,
            "signed_response",
        )
    })?;
    let status = steps.take("confirmed", || {
        let status = text(
            &http::fetch(&format!("{acme}/sign-in/{challenge_sid}"))?,
            "status",
        )?;
        if status != "approved" {
            bail!("Acme reads the status \"{status}\" and not \"approved\"");
        }
        Ok(status)
    })?;
    Ok((challenge_sid, signed_response, status))
}

/// A member that must be there and hold text.
pub(crate) fn text(object: &Value, name: &str) -> Result<String> {
    let text = object[name].as_str().filter(|text| !text.is_empty());
    Ok(text
        .with_context(|| format!("there is no text \"{name}\" in {object}"))?
        .to_owned())
}

impl Outcome {
    fn into_json(self) -> Value {
        let steps: Vec<Value> = self
            .steps
            .iter()
            .map(|step| json!({ "name": step.name, "ms": step.milliseconds }))
            .collect();
        json!({
            "factor_sid": self.factor_sid,
            "challenge_sid": self.challenge_sid,
            "status": self.status,
            "keychain": self.keychain,
            "steps": steps,
            "signed_response": self.signed_response,
        })
    }

    fn into_sentences(self) -> String {
        let total: u128 = self.steps.iter().map(|step| step.milliseconds).sum();
        let (factor, challenge, status) = (self.factor_sid, self.challenge_sid, self.status);
        format!(
            "The device enrolled as {factor}.\nAcme asked with {challenge}.\nThe device answered, and Acme reads: \
             {status}.\nAll of it took {total} ms. The signed response:\n{}",
            self.signed_response
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outcome_is_one_object_with_the_agreed_members() {
        let outcome = Outcome {
            factor_sid: "YF1".to_owned(),
            challenge_sid: "YC1".to_owned(),
            status: "approved".to_owned(),
            keychain: "vault",
            signed_response: "a.b.c".to_owned(),
            steps: vec![Step {
                name: "server",
                milliseconds: 7,
            }],
        };
        let expected = json!({
            "factor_sid": "YF1",
            "challenge_sid": "YC1",
            "status": "approved",
            "keychain": "vault",
            "steps": [{ "name": "server", "ms": 7 }],
            "signed_response": "a.b.c",
        });
        assert_eq!(outcome.into_json(), expected);
    }

    #[test]
    fn a_failed_step_is_named_and_not_counted() {
        let mut steps = Steps::default();
        let failed: Result<()> = steps.take("inbox", || bail!("empty"));
        assert_eq!(
            format!("{:#}", failed.unwrap_err()),
            "the step \"inbox\" failed: empty"
        );
        assert!(steps.0.is_empty());
    }

    #[test]
    fn an_empty_or_missing_text_is_an_error() {
        assert!(text(&json!({ "sid": "" }), "sid").is_err());
        assert!(text(&json!({}), "sid").is_err());
        assert_eq!(text(&json!({ "sid": "YF1" }), "sid").unwrap(), "YF1");
    }
}
