//! Linux: polkit, whose agent asks for the login password, or for a finger where PAM is set up so.
//!
//! The action is `org.countersign.approve`, which the package installs; an AppImage cannot, and then nobody is asked.
//! The words of the dialogue are the action's own: polkit takes none from programs without privileges.

use std::{collections::HashMap, time::Duration};

use zbus::{
    Connection,
    connection::Builder,
    zvariant::{OwnedValue, Type, Value},
};

use super::{PresenceError, UserPresence};

/// Where a program asks polkit.
const AUTHORITY: &str = "org.freedesktop.PolicyKit1";
const PATH: &str = "/org/freedesktop/PolicyKit1/Authority";
const INTERFACE: &str = "org.freedesktop.PolicyKit1.Authority";

/// What a person is asked to allow, as `src-tauri/linux/org.countersign.policy` describes it.
const ACTION: &str = "org.countersign.approve";

/// Whether polkit may ask the person.
const ASK_NOBODY: u32 = 0;
const ASK_THE_PERSON: u32 = 1;

/// How long polkit may take for what it does without a person.
const ANSWERING: Duration = Duration::from_secs(10);

/// Where polkit notes that the person closed its dialogue.
const DISMISSED: &str = "polkit.dismissed";

/// polkit, over a message bus.
pub(super) struct Polkit {
    /// The bus, if it is not the system's.
    address: Option<String>,
    /// How long a person may take.
    limit: Duration,
}

/// What asks here.
pub(super) fn system() -> Polkit {
    Polkit {
        address: None,
        // Less than whoever asked waits, so that the dialogue is withdrawn before.
        limit: super::PresencePrompt::USUAL_LIMIT.saturating_sub(2 * ANSWERING),
    }
}

/// What polkit says: whether it is allowed, whether it would be if the person were asked, and details.
type Authorisation = (bool, bool, HashMap<String, String>);

impl Polkit {
    /// Runs `work` to its end here. Whoever calls is on a thread that may block.
    fn run<T>(&self, work: impl Future<Output = Result<T, PresenceError>>) -> Result<T, PresenceError> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| PresenceError::Failed(error.into()))?
            .block_on(work)
    }

    async fn connect(&self) -> Result<Connection, PresenceError> {
        let connection = match &self.address {
            Some(address) => match Builder::address(address.as_str()) {
                Ok(builder) => builder.build().await,
                Err(error) => Err(error),
            },
            None => Connection::system().await,
        };
        connection.map_err(|error| {
            tracing::debug!(%error, "there is no message bus to ask polkit over");
            PresenceError::Unavailable
        })
    }

    /// Whether polkit would ask the person. Who is allowed without being asked, as the administrator is, or whom a
    /// rule lets through, has shown nothing.
    async fn would_ask(&self, bus: &Connection) -> Result<(), PresenceError> {
        match within(ANSWERING, check(bus, ASK_NOBODY, "")).await? {
            Ok((false, true, _)) => Ok(()),
            Ok(_) => Err(PresenceError::Unavailable),
            Err(error) => {
                tracing::debug!(%error, "polkit does not know what to ask");
                Err(PresenceError::Unavailable)
            }
        }
    }

    async fn ask(&self) -> Result<(), PresenceError> {
        let bus = self.connect().await?;
        self.would_ask(&bus).await?;
        let id = format!("countersign-{}", std::process::id());
        let Ok(answer) = within(self.limit, check(&bus, ASK_THE_PERSON, &id)).await else {
            // The dialogue must not stay open when nobody listens to it any more.
            let _ = within(ANSWERING, call(&bus, "CancelCheckAuthorization", &(id.as_str(),))).await;
            return Err(PresenceError::TimedOut);
        };
        match answer {
            Ok((true, _, _)) => Ok(()),
            Ok((false, _, details)) if details.contains_key(DISMISSED) => Err(PresenceError::Declined),
            // It still would have to ask, and did not: there is no agent that could.
            Ok((false, true, _)) => Err(PresenceError::Unavailable),
            Ok((false, false, _)) => Err(PresenceError::Declined),
            Err(error) => Err(PresenceError::Failed(error.into())),
        }
    }
}

impl UserPresence for Polkit {
    fn is_available(&self) -> bool {
        let would_ask = async {
            let bus = self.connect().await?;
            self.would_ask(&bus).await
        };
        self.run(would_ask).is_ok()
    }

    fn confirm(&self, _: &str) -> Result<(), PresenceError> {
        self.run(self.ask())
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, PresenceError> {
    tokio::time::timeout(limit, work)
        .await
        .map_err(|_| PresenceError::TimedOut)
}

async fn check(bus: &Connection, flags: u32, cancellation: &str) -> zbus::Result<Authorisation> {
    let details = HashMap::<&str, &str>::new();
    let question = (this_process()?, ACTION, details, flags, cancellation);
    let reply = call(bus, "CheckAuthorization", &question).await?;
    reply.body().deserialize()
}

async fn call(
    bus: &Connection,
    method: &str,
    body: &(impl serde::Serialize + Type + Sync),
) -> zbus::Result<zbus::Message> {
    bus.call_method(Some(AUTHORITY), PATH, Some(INTERFACE), method, body)
        .await
}

/// This process, as polkit names it: its number, and when it began, so that it is no other with the same number.
fn this_process() -> zbus::Result<(&'static str, HashMap<&'static str, OwnedValue>)> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let start = start_time(&stat).ok_or_else(|| zbus::Error::Failure("/proc/self/stat".to_owned()))?;
    let facts = [
        ("pid", Value::from(std::process::id())),
        ("start-time", Value::from(start)),
    ];
    let facts = facts.map(|(name, value)| Ok((name, OwnedValue::try_from(value)?)));
    Ok(("unix-process", facts.into_iter().collect::<zbus::Result<_>>()?))
}

/// The 22nd field. The second, in brackets, is the program's name and may hold anything, brackets and blanks too.
fn start_time(stat: &str) -> Option<u64> {
    let (_, after_the_name) = stat.rsplit_once(')')?;
    after_the_name.split_ascii_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
#[path = "polkit/double.rs"]
mod double;

#[cfg(test)]
mod tests {
    use super::{
        double::{PolkitDouble, Says},
        *,
    };

    /// Far longer than anything takes.
    const PATIENCE: Duration = Duration::from_secs(60);

    fn confirm(double: &PolkitDouble, limit: Duration) -> Result<(), PresenceError> {
        let polkit = Polkit {
            address: Some(double.address().to_owned()),
            limit,
        };
        polkit.confirm("approve")
    }

    fn outcome(asked: Says) -> Result<(), PresenceError> {
        confirm(&PolkitDouble::start(Says::Challenge, asked), PATIENCE)
    }

    #[test]
    fn whoever_the_agent_recognises_is_confirmed_and_was_asked_about_this_process() {
        let double = PolkitDouble::start(Says::Challenge, Says::Yes);
        confirm(&double, PATIENCE).unwrap();
        let asked = double.asked();
        assert_eq!(asked.iter().map(|one| one.flags).collect::<Vec<_>>(), [0, 1]);
        for one in asked {
            assert_eq!(one.action, "org.countersign.approve");
            assert_eq!(
                (one.subject.as_str(), one.pid),
                ("unix-process", std::process::id())
            );
        }
    }

    #[test]
    fn whoever_is_not_recognised_or_closes_the_dialogue_is_not_confirmed() {
        for says in [Says::No, Says::Dismissed] {
            assert!(matches!(outcome(says), Err(PresenceError::Declined)), "{says:?}");
        }
        assert!(matches!(outcome(Says::Fails), Err(PresenceError::Failed(_))));
    }

    #[test]
    fn without_an_agent_nobody_was_asked() {
        assert!(matches!(
            outcome(Says::Challenge),
            Err(PresenceError::Unavailable)
        ));
    }

    /// As for the administrator, or where a rule lets everybody through.
    #[test]
    fn whoever_is_allowed_without_being_asked_has_shown_nothing() {
        for says in [Says::Yes, Says::No, Says::Fails] {
            let double = PolkitDouble::start(says, Says::Yes);
            let refused = confirm(&double, PATIENCE);
            assert!(matches!(refused, Err(PresenceError::Unavailable)), "{says:?}");
            assert_eq!(double.asked().len(), 1, "{says:?}: nobody was asked");
        }
    }

    #[test]
    fn a_dialogue_that_nobody_answers_is_withdrawn_and_confirms_nothing() {
        let double = PolkitDouble::start(Says::Challenge, Says::Nothing);
        let refused = confirm(&double, Duration::from_millis(1));
        assert!(matches!(refused, Err(PresenceError::TimedOut)));
        assert_eq!(double.withdrawn(), 1);
    }

    #[test]
    fn it_is_there_only_if_it_would_ask() {
        let available = |says| {
            let double = PolkitDouble::start(says, Says::Nothing);
            let polkit = Polkit {
                address: Some(double.address().to_owned()),
                limit: PATIENCE,
            };
            polkit.is_available()
        };
        assert!(available(Says::Challenge));
        assert!(!available(Says::Yes));
        assert!(!available(Says::Fails));
    }

    #[test]
    fn without_a_bus_or_without_polkit_on_it_nobody_asks() {
        let polkit = |address: &str| Polkit {
            address: Some(address.to_owned()),
            limit: PATIENCE,
        };
        for address in ["unix:path=/nowhere", "nonsense", double::empty_bus().address()] {
            let refused = polkit(address).confirm("approve");
            assert!(matches!(refused, Err(PresenceError::Unavailable)), "{address}");
            assert!(!polkit(address).is_available());
        }
    }

    #[test]
    fn the_start_of_a_process_is_found_whatever_its_name() {
        let rest = "S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20";
        for name in ["countersign", "a) b (c", "1 2 3"] {
            assert_eq!(start_time(&format!("42 ({name}) {rest}")), Some(4711), "{name}");
        }
        assert_eq!(start_time("42 no name"), None);
    }
}
