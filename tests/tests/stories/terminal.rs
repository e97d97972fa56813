//! The command line program with a person at a terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;

use countersign_core::ChallengeStatus;
use countersign_protocol::matching;
use countersign_protocol::sid::ChallengeSid;
use countersign_tests::world::within_limit;
use countersign_tests::{Question, World};
use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::command_line::enrolled;

const QUESTION: &str = "Type the number shown where you started this";

/// A person's end of a terminal on which a program runs.
struct Screen {
    keyboard: File,
    shown: UnboundedReceiver<String>,
    unread: String,
    program: Child,
}

impl Screen {
    fn start(mut command: Command) -> Self {
        let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&person).unwrap();
        unlockpt(&person).unwrap();
        let name = ptsname(&person, Vec::new()).unwrap();
        let programs: OwnedFd = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let end = || programs.try_clone().unwrap();
        let program = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let keyboard = File::from(person);
        let mut screen = keyboard.try_clone().unwrap();
        let (show, shown) = unbounded_channel();
        // Ends with the program, or with the story.
        std::thread::spawn(move || {
            let mut some = [0; 1024];
            while let Ok(length @ 1..) = screen.read(&mut some) {
                if show
                    .send(String::from_utf8_lossy(&some[..length]).into_owned())
                    .is_err()
                {
                    return;
                }
            }
        });
        Self {
            keyboard,
            shown,
            unread: String::new(),
            program,
        }
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
    }

    /// Reads on until this has been shown.
    async fn until_seen(&mut self, text: &str) {
        while !self.unread.contains(text) {
            let more = within_limit(text, self.shown.recv()).await;
            let more = more.unwrap_or_else(|| panic!("it ended without {text:?}: {}", self.unread));
            self.unread.push_str(&more);
        }
        let end = self.unread.find(text).unwrap() + text.len();
        self.unread.drain(..end);
    }

    async fn exit(mut self) -> Option<i32> {
        within_limit("the end of the program", self.program.wait())
            .await
            .unwrap()
            .code()
    }
}

async fn status(world: &World, sid: &str) -> ChallengeStatus {
    let sid: ChallengeSid = sid.parse().unwrap();
    world.status(&sid).await
}

#[tokio::test]
async fn a_person_is_asked_for_the_number_as_long_as_there_are_tries() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let question = Question::new("Sign in?").with_hidden(matching::KEY, "042137");
    let asked = world.ask(&factor, &question).await.sid.to_string();

    let mut screen = Screen::start(terminal.command(&["approve", &asked]));
    // What is typed before the question answers nothing.
    screen.types("042137\n");
    screen.until_seen(QUESTION).await;
    screen.types("\n");
    screen.until_seen("Nothing was approved.").await;
    assert_eq!(screen.exit().await, Some(11));
    assert_eq!(status(&world, &asked).await, ChallengeStatus::Pending);

    let mut screen = Screen::start(terminal.command(&["approve", &asked]));
    screen.until_seen(QUESTION).await;
    screen.types("999999\n");
    screen.until_seen("2 tries are left.").await;
    screen.until_seen(QUESTION).await;
    screen.types("042137\n");
    screen.until_seen("Approved for Acme").await;
    assert_eq!(screen.exit().await, Some(0));
    assert_eq!(status(&world, &asked).await, ChallengeStatus::Approved);

    let asked = world.ask(&factor, &question).await.sid.to_string();
    let mut screen = Screen::start(terminal.command(&["approve", &asked]));
    for _ in 0..3 {
        screen.until_seen(QUESTION).await;
        screen.types("999999\n");
    }
    screen.until_seen("the request has been denied.").await;
    assert_eq!(screen.exit().await, Some(12));
    assert_eq!(status(&world, &asked).await, ChallengeStatus::Denied);
}
