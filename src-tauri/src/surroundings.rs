//! What happens to the computer: it sleeps and wakes up, its network changes, its screen is locked. After the first
//! two the connections of before are worth nothing, and the servers are asked at once; with the last one it locks.
//!
//! Elsewhere than on Linux a changed network is noticed by the requests that fail.

#[cfg(target_os = "macos")]
#[path = "surroundings/macos.rs"]
mod imp;
#[cfg(target_os = "windows")]
#[path = "surroundings/windows.rs"]
mod imp;

use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;

use crate::{
    desk::Desk,
    lock::{self, SystemDid},
};

/// What the rest of the program has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    /// There is another network.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux tells of its network")
    )]
    Network,
    /// The computer sleeps or woke up, or its screen is locked or unlocked.
    System(SystemDid),
}

/// Has the servers asked when the computer woke up or found another network, and the lock follow the system's, for as
/// long as the program runs.
pub(crate) async fn attend(app: AppHandle) {
    let (tell, mut told) = mpsc::unbounded_channel();
    let act = async {
        while let Some(news) = told.recv().await {
            match news {
                News::Network => app.state::<Desk>().reconnect(),
                News::System(did) => {
                    if did == (SystemDid::Sleep { asleep: false }) {
                        app.state::<Desk>().reconnect();
                    }
                    lock::follow(&app, did).await;
                }
            }
        }
    };
    tokio::join!(imp::attend(&app, tell), act);
}

const fn screen(locked: bool) -> News {
    News::System(SystemDid::Screen { locked })
}

#[cfg(target_os = "linux")]
mod imp {
    use futures_util::{StreamExt, stream};
    use zbus::{
        Connection, MatchRule, MessageStream, Proxy,
        message::{Body, Type},
        zvariant::OwnedObjectPath,
    };

    use super::{AppHandle, News, SystemDid, mpsc::UnboundedSender, screen};

    const LOGIN: &str = "org.freedesktop.login1";

    /// A signal of a message bus, and what it says.
    struct Signal {
        /// On the bus of this person's session everybody is this person.
        sender: Option<&'static str>,
        interface: &'static str,
        member: &'static str,
        read: fn(&Body) -> Option<News>,
    }

    /// From systemd-logind and NetworkManager. A system without them sends none.
    const OF_THE_SYSTEM: [Signal; 2] = [
        Signal {
            sender: Some(LOGIN),
            interface: "org.freedesktop.login1.Manager",
            member: "PrepareForSleep",
            read: |body| {
                let asleep = body.deserialize().ok()?;
                Some(News::System(SystemDid::Sleep { asleep }))
            },
        },
        Signal {
            sender: Some("org.freedesktop.NetworkManager"),
            interface: "org.freedesktop.NetworkManager",
            member: "StateChanged",
            read: |body| {
                let state: u32 = body.deserialize().ok()?;
                (state >= CONNECTED).then_some(News::Network)
            },
        },
    ];

    /// From systemd-logind, about the session that the program runs in.
    const OF_THE_LOGIN: [Signal; 2] = [
        Signal {
            sender: Some(LOGIN),
            interface: "org.freedesktop.login1.Session",
            member: "Lock",
            read: |_| Some(News::System(SystemDid::WantLock)),
        },
        Signal {
            sender: Some(LOGIN),
            interface: "org.freedesktop.login1.Session",
            member: "Unlock",
            read: |_| Some(screen(false)),
        },
    ];

    /// From the desktop. GNOME says it under a name of its own.
    const OF_THE_DESKTOP: [Signal; 2] = [
        screen_saver("org.freedesktop.ScreenSaver"),
        screen_saver("org.gnome.ScreenSaver"),
    ];

    const fn screen_saver(interface: &'static str) -> Signal {
        Signal {
            sender: None,
            interface,
            member: "ActiveChanged",
            read: |body| Some(screen(body.deserialize().ok()?)),
        }
    }

    /// `NM_STATE_CONNECTED_LOCAL` and the two above it, which reach further.
    const CONNECTED: u32 = 50;

    pub(super) async fn attend(_: &AppHandle, tell: UnboundedSender<News>) {
        let system = async { follow(&Connection::system().await?, &OF_THE_SYSTEM, None, &tell).await };
        let login = async {
            let bus = Connection::system().await?;
            let session = session(&bus).await?;
            follow(&bus, &OF_THE_LOGIN, Some(&session), &tell).await
        };
        let desktop = async { follow(&Connection::session().await?, &OF_THE_DESKTOP, None, &tell).await };
        tokio::join!(
            or_say("system", system),
            or_say("login", login),
            or_say("desktop", desktop)
        );
    }

    async fn or_say(who: &str, following: impl Future<Output = zbus::Result<()>>) {
        if let Err(error) = following.await {
            tracing::info!(%error, who, "nobody says when the computer sleeps, its network changes or its screen is locked");
        }
    }

    /// The session that the program runs in, or the one that its person sees.
    async fn session(bus: &Connection) -> zbus::Result<OwnedObjectPath> {
        let manager = "org.freedesktop.login1.Manager";
        let manager = Proxy::new(bus, LOGIN, "/org/freedesktop/login1", manager).await?;
        manager.call("GetSession", &"auto").await
    }

    async fn follow(
        bus: &Connection,
        signals: &'static [Signal],
        about: Option<&OwnedObjectPath>,
        tell: &UnboundedSender<News>,
    ) -> zbus::Result<()> {
        let mut streams = Vec::new();
        for signal in signals {
            let messages = MessageStream::for_match_rule(signal.rule(about)?, bus, None).await?;
            streams.push(messages.map(|message| message.map(|message| (signal.read)(&message.body()))));
        }
        let mut messages = stream::select_all(streams);
        while let Some(news) = messages.next().await {
            if let Some(news) = news? {
                // Whoever listens does so as long as this runs.
                let _ = tell.send(news);
            }
        }
        Ok(())
    }

    impl Signal {
        fn rule(&self, about: Option<&OwnedObjectPath>) -> zbus::Result<MatchRule<'static>> {
            let mut rule = MatchRule::builder()
                .msg_type(Type::Signal)
                .interface(self.interface)?
                .member(self.member)?;
            if let Some(sender) = self.sender {
                rule = rule.sender(sender)?;
            }
            if let Some(about) = about {
                rule = rule.path(about.clone())?;
            }
            Ok(rule.build())
        }
    }

    #[cfg(test)]
    mod tests {
        use zbus::Message;

        use super::*;

        /// What a signal with this name and content says, if anybody waits for it.
        fn says<B: serde::Serialize + zbus::zvariant::DynamicType>(
            interface: &str,
            member: &str,
            body: B,
        ) -> Option<News> {
            let message = Message::signal("/a", interface, member)
                .unwrap()
                .build(&body)
                .unwrap();
            OF_THE_SYSTEM
                .iter()
                .chain(&OF_THE_LOGIN)
                .chain(&OF_THE_DESKTOP)
                .filter(|signal| signal.rule(None).unwrap().matches(&message).unwrap())
                .find_map(|signal| (signal.read)(&message.body()))
        }

        #[test]
        fn a_computer_that_sleeps_and_one_that_wakes_up_are_told_apart() {
            let login = "org.freedesktop.login1.Manager";
            let sleep = |asleep| Some(News::System(SystemDid::Sleep { asleep }));
            assert_eq!(says(login, "PrepareForSleep", true), sleep(true));
            assert_eq!(says(login, "PrepareForSleep", false), sleep(false));
            assert_eq!(says(login, "PrepareForSleep", "false"), None);
            assert_eq!(says(login, "PrepareForShutdown", false), None);
        }

        #[test]
        fn a_network_that_is_there_matters_and_one_that_goes_does_not() {
            let network = "org.freedesktop.NetworkManager";
            for state in [50_u32, 60, 70] {
                assert_eq!(says(network, "StateChanged", state), Some(News::Network));
            }
            for state in [0_u32, 10, 20, 30, 40] {
                assert_eq!(says(network, "StateChanged", state), None);
            }
            assert_eq!(says(network, "CheckPermissions", 70_u32), None);
        }

        #[test]
        fn a_screen_is_locked_by_either_desktop_and_the_login_wants_it_locked() {
            let session = "org.freedesktop.login1.Session";
            let wanted = Some(News::System(SystemDid::WantLock));
            assert_eq!(says(session, "Lock", ()), wanted);
            assert_eq!(says(session, "Unlock", ()), Some(screen(false)));
            assert_eq!(says(session, "PauseDevice", ()), None);
            for saver in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"] {
                assert_eq!(says(saver, "ActiveChanged", true), Some(screen(true)));
                assert_eq!(says(saver, "ActiveChanged", false), Some(screen(false)));
                assert_eq!(says(saver, "WakeUpScreen", true), None);
            }
            assert_eq!(says("org.example.ScreenSaver", "ActiveChanged", true), None);
        }

        #[test]
        fn another_persons_session_locks_nothing_here() {
            let own = OwnedObjectPath::try_from("/org/freedesktop/login1/session/_31").unwrap();
            let matches = |path: &str| {
                let signal = Message::signal(path, "org.freedesktop.login1.Session", "Lock").unwrap();
                let rule = OF_THE_LOGIN[0].rule(Some(&own)).unwrap();
                rule.matches(&signal.build(&()).unwrap()).unwrap()
            };
            assert!(matches(own.as_str()));
            assert!(!matches("/org/freedesktop/login1/session/_32"));
        }
    }
}
