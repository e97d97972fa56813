//! What an operator sees: the log and the numbers.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Command,
};

use countersign_protocol::{basic_auth::BasicAuth, form::Form, keys::PublicKey};

use crate::process::{Process, serve};

fn account() -> BasicAuth {
    BasicAuth {
        user: format!("AC{}", "e".repeat(32)),
        password: "canary-auth-token".to_owned(),
    }
}

/// Serves with numbers for a monitor, and says where they are.
fn serve_observed(folder: &std::path::Path, log: &str) -> (Process, String) {
    let mut command = serve(folder);
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", account().user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", account().password);
    command.args(["--log-format", "json", "--log", log]);
    start_observed(command)
}

/// Starts with numbers for a monitor, and says where they are.
pub(crate) fn start_observed(mut command: Command) -> (Process, String) {
    command.args(["--metrics-listen", "127.0.0.1:0"]);
    let mut server = Process::start(command);
    let line = server.wait_for("numbers for a monitor are at");
    let address = line.split_once("http://").unwrap().1;
    let address = address.split_once("/metrics").unwrap().0.to_owned();
    (server, address)
}

/// All numbers.
pub(crate) fn scrape(address: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("\r\nContent-Type: text/plain; version=0.0.4"),
        "{answer}"
    );
    answer
}

/// Enrols a factor under a telling name, and returns every identifier that came up.
fn enrol(server: &Process) -> Vec<String> {
    let post = |path: &str, pairs: &[(&str, &str)]| {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (status, made) = server.send("POST", path, &account(), &pairs.collect::<Form>().encode());
        assert_eq!(status, 201, "{made}");
        made["sid"].as_str().unwrap().to_owned()
    };
    let service = post("/v2/Services", &[("FriendlyName", "Acme")]);
    let key = p256::ecdsa::SigningKey::from_slice(&[1; 32]).unwrap();
    let key = PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap();
    let factor = [
        ("FriendlyName", "canary-laptop"),
        ("FactorType", "push"),
        ("Binding.Alg", "ES256"),
        ("Binding.PublicKey", &*key.to_binding()),
    ];
    let factors = format!("/v2/Services/{service}/Entities/canary-identity/Factors");
    let factor = post(&factors, &factor);
    let (status, _) = server.send("GET", &format!("{factors}/{factor}"), &account(), "");
    assert_eq!(status, 200);
    vec![service, factor, "canary".to_owned()]
}

#[test]
fn requests_are_counted_by_route_and_nobody_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (server, metrics) = serve_observed(folder.path(), "info");
    let names = enrol(&server);
    assert_eq!(server.send("INVENTED", "/v2/Services", &account(), "").0, 405);
    assert_eq!(server.send("GET", "/nowhere/canary", &account(), "").0, 404);
    let page = scrape(&metrics);
    let version = env!("CARGO_PKG_VERSION");
    for line in [
        "countersign_requests_total{method=\"POST\",route=\"/v2/Services\",status=\"201\"} 1",
        "countersign_requests_total{method=\"GET\",route=\"/v2/Services/{service}/Entities/{identity}/Factors/{factor}\",status=\"200\"} 1",
        "countersign_requests_total{method=\"other\",route=\"/v2/Services\",status=\"405\"} 1",
        "countersign_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "countersign_request_duration_seconds_count{method=\"POST\",route=\"/v2/Services\",waited=\"false\"} 1",
        "countersign_connections{listener=\"metrics\"} 1",
        "countersign_waiting_requests 0",
        "countersign_challenges_created_total 0",
        "countersign_database_errors_total 0",
        &format!("countersign_build_info{{version=\"{version}\"}} 1"),
    ] {
        assert!(
            page.lines().any(|there| there == line),
            "{line} is not in\n{page}"
        );
    }
    for name in names {
        assert!(!page.contains(&name), "{name} is in\n{page}");
    }
    // The port of the API has no numbers, and that of the numbers has no API.
    assert_eq!(server.send("GET", "/metrics", &account(), "").0, 404);
    let mut other = TcpStream::connect(&metrics).unwrap();
    write!(
        other,
        "GET /v2/Services HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(server.end("-TERM").status.success());
}

#[test]
fn every_request_is_one_line_that_names_nobody_but_the_account_when_asked() {
    for (level, names_account) in [("info", false), ("debug", true), ("trace", true)] {
        let folder = tempfile::tempdir().unwrap();
        let (server, _) = serve_observed(folder.path(), level);
        let names = enrol(&server);
        let log = server.end("-TERM").log;
        let lines = log
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let answered: Vec<_> = lines
            .filter(|line| line["fields"]["message"] == "answered")
            .collect();
        let told: Vec<_> = answered
            .iter()
            .map(|line| {
                let fields = &line["fields"];
                assert!(fields["duration.ms"].as_f64().unwrap() >= 0.0, "{line}");
                (
                    fields["http.route"].as_str().unwrap(),
                    fields["http.status"].as_u64().unwrap(),
                )
            })
            .collect();
        let factors = "/v2/Services/{service}/Entities/{identity}/Factors";
        let factor = format!("{factors}/{{factor}}");
        assert_eq!(told, [("/v2/Services", 201), (factors, 201), (&*factor, 200)]);
        for line in answered {
            assert_eq!(
                line.to_string().contains(&account().user),
                names_account,
                "{line}"
            );
        }
        for name in names {
            assert!(!log.contains(&name), "{name} is in\n{log}");
        }
    }
}
