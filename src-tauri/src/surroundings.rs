//! What happens to the computer: it wakes up, and its network changes. Then the connections of before are worth
//! nothing, and the servers are asked at once.
//!
//! Elsewhere than on Linux the core notices by the clock that the computer slept, and a changed network by the
//! requests that fail.

use tauri::{AppHandle, Manager};

use crate::desk::Desk;

/// Has the servers asked when the computer woke up or found another network, for as long as the program runs.
pub(crate) async fn attend(app: AppHandle) {
    imp::attend(|| app.state::<Desk>().reconnect()).await;
}

#[cfg(target_os = "linux")]
mod imp {
    use futures_util::{StreamExt, stream};
    use zbus::{
        Connection, MatchRule, Message, MessageStream,
        message::{Body, Type},
    };

    /// A signal of the system's message bus, and whether what it carries matters.
    struct Signal {
        sender: &'static str,
        interface: &'static str,
        member: &'static str,
        matters: fn(&Body) -> bool,
    }

    /// From systemd-logind and NetworkManager. A system without them sends none.
    const SIGNALS: [Signal; 2] = [
        Signal {
            sender: "org.freedesktop.login1",
            interface: "org.freedesktop.login1.Manager",
            member: "PrepareForSleep",
            // True before the computer sleeps, false after it.
            matters: |body| matches!(body.deserialize(), Ok(false)),
        },
        Signal {
            sender: "org.freedesktop.NetworkManager",
            interface: "org.freedesktop.NetworkManager",
            member: "StateChanged",
            matters: |body| matches!(body.deserialize::<u32>(), Ok(state) if state >= CONNECTED),
        },
    ];

    /// `NM_STATE_CONNECTED_LOCAL` and the two above it, which reach further.
    const CONNECTED: u32 = 50;

    pub(super) async fn attend(tell: impl Fn()) {
        if let Err(error) = follow(tell).await {
            tracing::info!(%error, "the system does not say when it wakes up or changes its network");
        }
    }

    async fn follow(tell: impl Fn()) -> zbus::Result<()> {
        let bus = Connection::system().await?;
        let mut streams = Vec::new();
        for signal in &SIGNALS {
            let messages = MessageStream::for_match_rule(signal.rule()?, &bus, None).await?;
            streams.push(messages.map(|message| message.map(|message| signal.says_so(&message))));
        }
        let mut news = stream::select_all(streams);
        while let Some(matters) = news.next().await {
            if matters? {
                tell();
            }
        }
        Ok(())
    }

    impl Signal {
        fn rule(&self) -> zbus::Result<MatchRule<'static>> {
            let rule = MatchRule::builder()
                .msg_type(Type::Signal)
                .sender(self.sender)?
                .interface(self.interface)?
                .member(self.member)?;
            Ok(rule.build())
        }

        fn says_so(&self, message: &Message) -> bool {
            (self.matters)(&message.body())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// Whether a signal with this name and content is waited for, and matters.
        fn matters<B: serde::Serialize + zbus::zvariant::DynamicType>(
            interface: &str,
            member: &str,
            body: B,
        ) -> bool {
            let message = Message::signal("/a", interface, member)
                .unwrap()
                .build(&body)
                .unwrap();
            SIGNALS
                .iter()
                .any(|signal| signal.rule().unwrap().matches(&message).unwrap() && signal.says_so(&message))
        }

        #[test]
        fn a_computer_that_wakes_up_matters_and_one_that_goes_to_sleep_does_not() {
            let login = "org.freedesktop.login1.Manager";
            assert!(matters(login, "PrepareForSleep", false));
            assert!(!matters(login, "PrepareForSleep", true));
            assert!(!matters(login, "PrepareForSleep", "false"));
            assert!(!matters(login, "PrepareForShutdown", false));
        }

        #[test]
        fn a_network_that_is_there_matters_and_one_that_goes_does_not() {
            let network = "org.freedesktop.NetworkManager";
            for state in [50_u32, 60, 70] {
                assert!(matters(network, "StateChanged", state));
            }
            for state in [0_u32, 10, 20, 30, 40] {
                assert!(!matters(network, "StateChanged", state));
            }
            assert!(!matters(network, "CheckPermissions", 70_u32));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    #[expect(clippy::unused_async, reason = "on Linux it waits for signals")]
    pub(super) async fn attend(_: impl Fn()) {}
}
