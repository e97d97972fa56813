//! `countersign doctor`: what is wrong on this computer, and how to mend it.

use std::path::PathBuf;

use countersign_core::{Authenticator, Connection, mode_open_to_others};
use countersign_keychain::KeychainThread;
use serde::Serialize;

use crate::{
    arguments::KeychainChoice,
    commands::{check::FactorReport, factors::connection},
    exit::Exit,
    failure::Failure,
    keychain::Use,
    plain,
    session::Session,
    views::ConnectionView,
};

/// Everything that was looked at.
#[derive(Debug, Serialize)]
struct Report {
    ok: bool,
    home: Finding,
    database: Finding,
    keychain: Finding,
    servers: Vec<ServerFinding>,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    ok: bool,
    what: String,
    advice: Option<String>,
    #[serde(skip)]
    exit: Exit,
}

/// The way to one factor's server.
#[derive(Debug, Serialize)]
struct ServerFinding {
    factor_sid: String,
    host: String,
    connection: ConnectionView,
    #[serde(flatten)]
    finding: Finding,
}

impl Finding {
    fn good(what: impl Into<String>) -> Self {
        Self {
            ok: true,
            what: what.into(),
            advice: None,
            exit: Exit::Done,
        }
    }

    fn bad(failure: Failure) -> Self {
        Self {
            ok: false,
            what: failure.message,
            advice: failure.advice,
            exit: failure.exit,
        }
    }
}

/// Looks at everything, and reports all of it. The exit code is that of the first thing that is wrong.
pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let opened = session.open_keychain(Use::Sign);
    let keychain = look_at_keychain(session, opened.as_ref()).await;
    // Without a keychain the rest is still worth a look: then with a vault that nobody has opened.
    let authenticator = match opened {
        Ok(keychain) => session.open_with(keychain).await,
        Err(_) => session.open(Use::Nothing).await,
    };
    let (database, servers) = match authenticator {
        Ok(authenticator) => {
            let servers = look_at_servers(&authenticator, keychain.ok).await;
            (look_at_database(session), servers)
        }
        Err(failure) => (Finding::bad(failure), Vec::new()),
    };
    let home = look_at_home(session);
    let report = Report {
        ok: home.ok && database.ok && keychain.ok && servers.iter().all(|server| server.finding.ok),
        home,
        database,
        keychain,
        servers,
    };
    session.output.result(&report, || describe(&report))?;
    let findings = [&report.keychain, &report.home, &report.database];
    let findings = findings
        .into_iter()
        .chain(report.servers.iter().map(|server| &server.finding));
    match findings.into_iter().find(|finding| !finding.ok) {
        Some(finding) => Err(Failure::new(finding.exit, "Not everything is well.").with_code("unwell")),
        None => Ok(()),
    }
}

async fn look_at_keychain(session: &Session, opened: Result<&KeychainThread, &Failure>) -> Finding {
    let keychain = match opened {
        Ok(keychain) => keychain,
        Err(failure) => return Finding::bad(failure.clone()),
    };
    if session.choice() == KeychainChoice::Vault && !session.profile.vault().exists() {
        return Finding::good("there is no vault yet; enrolling makes it");
    }
    match keychain.try_out().await {
        Ok(()) => Finding::good(format!("keys can be kept in {}", keychain.location().words())),
        Err(error) => Finding::bad(error.into()),
    }
}

fn look_at_home(session: &Session) -> Finding {
    let home = session.profile.home();
    match session.profile.open_to_others() {
        None => Finding::good(format!("{} is yours alone", home.display())),
        Some(mode) => Finding::bad(
            Failure::other(format!(
                "Others can look into {} (mode {mode:03o}).",
                home.display()
            ))
            .with_advice(format!("Make it private: chmod 700 {}", home.display())),
        ),
    }
}

/// It could be opened, and so its tables are in order; what is left is who else can read it.
fn look_at_database(session: &Session) -> Finding {
    let file = |name: &str| session.profile.home().join(name);
    let files: [PathBuf; 3] = ["countersign.db", "countersign.db-wal", "countersign.db-shm"].map(file);
    match files
        .iter()
        .find_map(|path| mode_open_to_others(path).map(|mode| (path, mode)))
    {
        None => Finding::good("the database is in order"),
        Some((path, mode)) => Finding::bad(
            Failure::other(format!("Others can read {} (mode {mode:03o}).", path.display()))
                .with_advice(format!("Make it private: chmod 600 {}", path.display())),
        ),
    }
}

async fn look_at_servers(authenticator: &Authenticator, keychain_works: bool) -> Vec<ServerFinding> {
    let reports = FactorReport::of(authenticator.check_now().await);
    let Ok(factors) = authenticator.factors().await else {
        return Vec::new();
    };
    factors
        .into_iter()
        .map(|factor| {
            let report = reports.iter().find(|report| report.is_of(&factor.sid));
            let failure = report.and_then(FactorReport::failure).cloned();
            let finding = judge(failure, factor.connection, keychain_works);
            ServerFinding {
                factor_sid: factor.sid.to_string(),
                host: factor.server_host(),
                connection: factor.connection.into(),
                finding,
            }
        })
        .collect()
}

/// Without a keychain no server is asked: the fault is not the server's, and how to mend it is said elsewhere.
fn judge(failure: Option<Failure>, state: Connection, keychain_works: bool) -> Finding {
    match (failure, state) {
        (Some(failure), _) if failure.exit == Exit::Keychain && !keychain_works => Finding::bad(
            Failure::new(failure.exit, "not asked: the keychain cannot be used"),
        ),
        (Some(failure), _) => Finding::bad(failure),
        (None, Connection::ClockSkewed { .. }) => Finding::bad(
            Failure::new(Exit::Clock, connection(state)).with_advice("Set this computer's clock."),
        ),
        (None, state) => Finding::good(connection(state)),
    }
}

fn describe(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |name: &str, what: &str, finding: &Finding| {
        let mark = if finding.ok { "ok " } else { "BAD" };
        text.push_str(&format!("{mark}  {name:<9} {}\n", plain::line(what)));
        if let Some(advice) = &finding.advice {
            text.push_str(&format!("{:15}{}\n", "", plain::line(advice)));
        }
    };
    line("Keychain", &report.keychain.what, &report.keychain);
    line("Home", &report.home.what, &report.home);
    line("Database", &report.database.what, &report.database);
    for server in &report.servers {
        line(
            "Server",
            &format!("{}: {}", server.host, server.finding.what),
            &server.finding,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use countersign_keychain::KeychainError;

    use super::*;

    #[test]
    fn what_is_wrong_stands_out_with_the_way_to_mend_it() {
        let report = Report {
            ok: false,
            home: Finding::good("all is well"),
            database: Finding::good("all is well"),
            keychain: Finding::bad(Failure::new(Exit::Keychain, "It is locked.").with_advice("Unlock it.")),
            servers: Vec::new(),
        };
        let expected = "BAD  Keychain  It is locked.\n               Unlock it.\nok   Home      all is well\n\
                        ok   Database  all is well\n";
        assert_eq!(describe(&report), expected);
    }

    #[test]
    fn a_keychain_that_cannot_be_used_is_not_the_servers_fault() {
        let locked = || Some(Failure::from(KeychainError::Locked));
        let judged = judge(locked(), Connection::Online, false);
        assert_eq!(judged.what, "not asked: the keychain cannot be used");
        assert_eq!(
            (judged.ok, judged.advice, judged.exit),
            (false, None, Exit::Keychain)
        );
        assert_eq!(
            judge(locked(), Connection::Online, true).what,
            "The keychain is locked."
        );
        let offline = Some(Failure::new(Exit::Offline, "It is offline."));
        assert_eq!(judge(offline, Connection::Online, false).what, "It is offline.");
    }
}
