//! S-16: a whole session at the most talkative log level, and where its secrets are afterwards.

use std::{collections::BTreeSet, fs, path::Path};

use countersign_protocol::{basic_auth::BasicAuth, challenge_response::Decision, keys::PublicKey};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use crate::{
    device::{Device, form},
    process::{Process, program, serve},
};

/// What a person is asked, which the database has to remember.
const DETAIL: &str = "canary-detail";
const HIDDEN: &str = "canary-hidden";
const NUMBER: &str = "73519042";
const WEBHOOK: &str = "canary-in-url";

fn credentials() -> BasicAuth {
    BasicAuth {
        user: format!("AC{}", "9".repeat(32)),
        password: "canary-auth-token".to_owned(),
    }
}

fn post(server: &Process, path: &str, credentials: &BasicAuth, pairs: &[(&str, &str)]) -> Value {
    let (status, made) = server.send("POST", path, credentials, &form(pairs));
    assert_eq!(status, 201, "{made}");
    made
}

/// Makes a service with a webhook, and returns its SID.
fn service(server: &Process) -> String {
    let service = post(
        server,
        "/v2/Services",
        &credentials(),
        &[("FriendlyName", "Acme")],
    );
    let service = service["sid"].as_str().unwrap().to_owned();
    let url = format!("https://receiver.invalid/?key={WEBHOOK}");
    let hook = [
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", &*url),
    ];
    post(
        server,
        &format!("/v2/Services/{service}/Webhooks"),
        &credentials(),
        &hook,
    );
    service
}

/// Enrols with an access token and looks at a ticket, and returns both.
fn links(server: &Process, service: &str) -> [String; 2] {
    let backend = credentials();
    let root = format!("/v2/Services/{service}");
    let permission = [("Identity", "user-0001"), ("FactorType", "push")];
    let permission = post(server, &format!("{root}/AccessTokens"), &backend, &permission);
    let token = permission["token"].as_str().unwrap().to_owned();
    let key = p256::ecdsa::SigningKey::from_slice(&[1; 32]).unwrap();
    let key = PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap();
    let factor = [
        ("FriendlyName", "Laptop"),
        ("FactorType", "push"),
        ("Binding.Alg", "ES256"),
        ("Binding.PublicKey", &*key.to_binding()),
    ];
    let factors = format!("{root}/Entities/user-0001/Factors");
    post(server, &factors, &BasicAuth::device(token.as_str()), &factor);
    let tickets = format!("/countersign/v1/Services/{service}/Tickets");
    let ticket = post(server, &tickets, &backend, &[("Identity", "user-0001")]);
    let (_, page) = ticket["url"]
        .as_str()
        .unwrap()
        .split_once(&server.address)
        .unwrap();
    assert_eq!(server.send("GET", page, &backend, "").0, 200);
    [token, page.rsplit('/').next().unwrap().to_owned()]
}

/// An API key, made while the server runs.
fn api_key(folder: &Path) -> BasicAuth {
    let arguments = ["api-key", "create", "Billing", "--json"];
    let made = program(folder, &arguments)
        .env("COUNTERSIGN_LOG", "trace")
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&made.stdout).unwrap();
    let text = |name: &str| said[name].as_str().unwrap().to_owned();
    let secret = text("secret");
    let log = String::from_utf8(made.stderr).unwrap();
    assert!(!log.contains(&secret), "{log}");
    BasicAuth {
        user: text("sid"),
        password: secret,
    }
}

/// Enrols, asks and answers in every way, and returns what may be written nowhere. The API key asks, and is tried with
/// a wrong secret too.
fn session(server: &Process, key: &BasicAuth) -> Vec<String> {
    let backend = key.clone();
    let service = service(server);
    let [token, ticket] = links(server, &service);
    let entity = format!("/v2/Services/{service}/Entities/user-0001");
    let device = Device::enrol(server, &backend, &entity);
    let hidden = format!(r#"{{"ip":"{HIDDEN}","countersign.match":"{NUMBER}"}}"#);
    let question = [
        ("FactorSid", device.sid()),
        ("Details.Message", DETAIL),
        ("HiddenDetails", &*hidden),
    ];
    // An approval without the number is a wrong number.
    for (decision, expected) in [(Decision::Approved, 400), (Decision::Denied, 200)] {
        let asked = post(server, &format!("{entity}/Challenges"), &backend, &question);
        let path = format!("{entity}/Challenges/{}", asked["sid"].as_str().unwrap());
        assert_eq!(device.answer(&server.address, &path, decision), Some(expected));
    }
    let wrong = |user: &str, password: &str| {
        let wrong = BasicAuth {
            user: user.to_owned(),
            password: password.to_owned(),
        };
        assert_eq!(server.send("GET", "/v2/Services", &wrong, "").0, 401);
        wrong.password
    };
    // What every device's token begins with.
    let jwt = device.token().password.split('.').next().unwrap().to_owned();
    vec![
        credentials().password,
        key.password.clone(),
        wrong(&credentials().user, "canary-wrong-token"),
        wrong(&key.user, "canary-wrong-secret"),
        token,
        ticket,
        NUMBER.to_owned(),
        jwt,
    ]
}

/// The tables in which a text is found.
async fn tables_with(database: &mut SqliteConnection, text: &str) -> BTreeSet<String> {
    let columns = "SELECT t.name AS of, c.name AS at FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table'";
    let mut found = BTreeSet::new();
    for row in sqlx::query(columns).fetch_all(&mut *database).await.unwrap() {
        let (table, column): (String, String) = (row.get("of"), row.get("at"));
        let count =
            format!("SELECT COUNT(*) FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS TEXT), $1) > 0");
        let count = sqlx::query(AssertSqlSafe(count))
            .bind(text)
            .fetch_one(&mut *database)
            .await;
        if count.unwrap().get::<i64, _>(0) > 0 {
            found.insert(table);
        }
    }
    found
}

fn is_in_a_file(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn what_is_secret_is_in_no_log_and_in_the_database_only_where_it_has_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut command = serve(folder);
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", credentials().user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", credentials().password);
    command.env("COUNTERSIGN_LOG", "trace");
    let server = Process::start(command);
    let never = session(&server, &api_key(folder));
    let log = server.end("-TERM").log;
    assert!(log.contains("TRACE"), "the log is as talkative as it can be");

    let remembered = [
        (DETAIL, "challenges"),
        (HIDDEN, "challenges"),
        (WEBHOOK, "webhooks"),
    ];
    let everything = never
        .iter()
        .map(String::as_str)
        .chain(remembered.map(|(canary, _)| canary));
    let logged: Vec<_> = everything.filter(|canary| log.contains(canary)).collect();
    let stored: Vec<_> = never
        .iter()
        .filter(|canary| is_in_a_file(folder, canary))
        .collect();
    println!(
        "S-16 canaries: {} in a session at trace, {} in {} lines of log, {} of {} that may be nowhere in the files",
        never.len() + remembered.len(),
        logged.len(),
        log.lines().count(),
        stored.len(),
        never.len()
    );
    assert!(logged.is_empty() && stored.is_empty(), "{logged:?} {stored:?}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}/server.db", folder.display());
        let mut database = SqliteConnection::connect(&url).await.unwrap();
        for (canary, table) in remembered {
            assert_eq!(
                tables_with(&mut database, canary).await,
                BTreeSet::from([table.to_owned()]),
                "{canary}"
            );
        }
    });
}
