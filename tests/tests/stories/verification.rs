//! Who is there, asked at a terminal: with the app's PIN, since no system asks here.

use std::{io::Write, path::Path};

use countersign_tests::{Question, World, world::within_limit};
use serde_json::Value;
use tempfile::NamedTempFile;

use super::command_line::{Terminal, enrolled};

/// A file with a PIN, which nobody else can read.
fn kept(pin: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(pin.as_bytes()).unwrap();
    file
}

/// Runs a command on a computer that cannot ask who is there, with this PIN at hand. Returns its result, or the code
/// and the exit of its failure.
async fn run(
    terminal: &Terminal,
    arguments: &[&str],
    pin: Option<&NamedTempFile>,
) -> Result<Value, (String, i64)> {
    let mut command = terminal.command(arguments);
    command
        .arg("--json")
        .stdin(std::process::Stdio::null())
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
        .env(
            "COUNTERSIGN_PIN_FILE",
            pin.map_or(Path::new(""), NamedTempFile::path),
        );
    let output = within_limit(&format!("{arguments:?}"), command.output())
        .await
        .unwrap();
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).unwrap());
    }
    let said = String::from_utf8(output.stderr).unwrap();
    let error: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let error = &error["error"];
    Err((
        error["code"].as_str().unwrap().to_owned(),
        error["exit"].as_i64().unwrap(),
    ))
}

fn failed(code: &str, exit: i64) -> Result<Value, (String, i64)> {
    Err((code.to_owned(), exit))
}

#[tokio::test]
async fn a_factor_that_always_asks_is_answered_from_a_terminal_with_the_pin_alone() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let (right, wrong, short) = (kept("73 19 02\n"), kept("73 19 03\n"), kept("73\n"));
    let always = ["policy", factor.as_str(), "--verification", "always"];
    assert_eq!(
        run(&terminal, &always, None).await,
        failed("nothing_to_verify_with", 2)
    );
    assert_eq!(
        run(&terminal, &["pin", "set"], Some(&short)).await,
        failed("pin_length", 2)
    );
    let set = run(&terminal, &["pin", "set"], Some(&right)).await.unwrap();
    assert_eq!(
        (&set["is_set"], &set["system_asks"]),
        (&true.into(), &false.into())
    );
    let policy = run(&terminal, &always, None).await.unwrap();
    assert_eq!(policy["policy"]["verification"], "always");

    let ask = async || world.ask(&factor, &Question::new("Sign in?")).await.sid;
    let sid = ask().await;
    let approve = ["approve", sid.as_str(), "--yes"];
    let shown = run(&terminal, &["show", sid.as_str()], None).await.unwrap();
    assert_eq!(
        (&shown["needs_presence"], &shown["unusual"]),
        (&true.into(), &"first_approval".into())
    );
    assert_eq!(run(&terminal, &approve, None).await, failed("pin_needed", 11));
    assert_eq!(
        run(&terminal, &approve, Some(&wrong)).await,
        failed("pin_wrong", 11)
    );
    assert_eq!(world.status(&sid).await.as_str(), "pending");
    let answered = run(&terminal, &approve, Some(&right)).await.unwrap();
    assert_eq!(answered["status"], "approved");
    assert_eq!(world.status(&sid).await.as_str(), "approved");

    let sid = ask().await;
    run(&terminal, &["deny", sid.as_str()], None).await.unwrap();
    assert_eq!(world.status(&sid).await.as_str(), "denied");
}

#[tokio::test]
async fn what_lets_more_through_and_the_pin_itself_are_changed_with_the_pin() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let (right, wrong) = (kept("73 19 02"), kept("73 19 03"));
    run(&terminal, &["pin", "set"], Some(&right)).await.unwrap();
    let policy = |more: &[&'static str]| [&["policy", factor.as_str()], more].concat();
    let stricter = policy(&["--verification", "unusual"]);
    run(&terminal, &stricter, None).await.unwrap();
    let looser = policy(&["--verification", "never", "--silent-here", "on"]);
    assert_eq!(run(&terminal, &looser, None).await, failed("pin_needed", 11));
    assert_eq!(
        run(&terminal, &looser, Some(&wrong)).await,
        failed("pin_wrong", 11)
    );
    assert_eq!(
        run(&terminal, &["pin", "remove"], Some(&right)).await,
        failed("pin_still_needed", 2)
    );
    run(&terminal, &looser, Some(&right)).await.unwrap();
    let factors = run(&terminal, &["factors"], None).await.unwrap();
    let now = &factors["factors"][0]["policy"];
    assert_eq!(
        (
            &now["verification"],
            &now["silent_on_this_computer"],
            &now["answer_from_tray"]
        ),
        (&"never".into(), &true.into(), &false.into())
    );
    assert_eq!(
        run(&terminal, &["pin", "remove"], Some(&wrong)).await,
        failed("pin_wrong", 11)
    );
    let removed = run(&terminal, &["pin", "remove"], Some(&right)).await.unwrap();
    assert_eq!(removed["is_set"], false);
}
