//! TLS spoken by the program itself.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Command,
    sync::Arc,
};

use countersign_protocol::basic_auth::BasicAuth;
use rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, SupportedProtocolVersion,
    pki_types::CertificateDer,
    version::{TLS12, TLS13},
};

use crate::{
    device::Device,
    observation::{scrape, start_observed},
    process::{Process, exchange, program, serve},
};

type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Makes a certificate and writes it into the folder.
fn make(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.join("chain.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    fs::set_permissions(folder.join("key.pem"), fs::Permissions::from_mode(0o600)).unwrap();
    made.cert.der().clone()
}

fn serve_with_tls(folder: &Path) -> Command {
    let mut command = serve(folder);
    command.arg("--tls-certificate").arg(folder.join("chain.pem"));
    command.arg("--tls-key").arg(folder.join("key.pem"));
    command
}

/// A connection by a client that trusts this certificate only.
fn connect(
    address: &str,
    trusted: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
    protocols: &[&str],
) -> Result<Stream, std::io::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let client = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let mut stream = StreamOwned::new(client, TcpStream::connect(address).unwrap());
    stream.conn.complete_io(&mut stream.sock)?;
    Ok(stream)
}

fn nobody() -> BasicAuth {
    BasicAuth {
        user: format!("AC{}", "0".repeat(32)),
        password: "wrong".to_owned(),
    }
}

#[test]
fn the_api_is_served_over_tls_in_one_protocol_only() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = make(folder.path());
    let server = Process::start(serve_with_tls(folder.path()));
    for (version, expected) in [
        (&TLS12, ProtocolVersion::TLSv1_2),
        (&TLS13, ProtocolVersion::TLSv1_3),
    ] {
        let mut stream = connect(&server.address, &certificate, version, &["h2", "http/1.1"]).unwrap();
        assert_eq!(stream.conn.protocol_version(), Some(expected));
        assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
        let (head, body) = exchange(&mut stream, "GET", "/v2/Services", &nobody(), "");
        assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
        assert!(
            head.contains("\r\nContent-Type: ") && head.contains("\r\nDate: "),
            "{head}"
        );
        assert!(body.contains("20003"), "{body}");
    }
    let only_http2 = connect(&server.address, &certificate, &TLS13, &["h2"]).unwrap_err();
    assert!(
        only_http2.to_string().contains("NoApplicationProtocol"),
        "{only_http2}"
    );
    let plain = TcpStream::connect(&server.address);
    let mut answer = Vec::new();
    let mut plain = plain.unwrap();
    plain
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    // An alert of TLS, or the end.
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    assert!(server.end("-TERM").status.success());
}

#[test]
fn a_new_certificate_is_taken_up_without_losing_a_connection_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = make(folder.path());
    let mut server = Process::start(serve_with_tls(folder.path()));
    let mut old = connect(&server.address, &first, &TLS13, &[]).unwrap();
    let second = make(folder.path());
    server.signal("-HUP");
    server.wait_for("the certificate was read again");
    assert!(connect(&server.address, &first, &TLS13, &[]).is_err());
    let mut new = connect(&server.address, &second, &TLS13, &[]).unwrap();
    for broken in ["chain.pem", "key.pem"] {
        let before = fs::read(folder.path().join(broken)).unwrap();
        fs::write(folder.path().join(broken), "canary").unwrap();
        server.signal("-HUP");
        let line = server.wait_for("the certificate stays as it was");
        assert!(line.contains(broken) && !line.contains("canary"), "{line}");
        fs::write(folder.path().join(broken), before).unwrap();
    }
    connect(&server.address, &second, &TLS13, &[]).unwrap();
    for stream in [&mut old, &mut new] {
        let (head, _) = exchange(stream, "GET", "/v2/Services", &nobody(), "");
        assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
    }
    assert!(server.end("-TERM").status.success());
}

#[test]
fn a_device_that_waits_is_answered_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let backend = BasicAuth {
        user: format!("AC{}", "f".repeat(32)),
        password: "an-auth-token-of-ours".to_owned(),
    };
    let mut command = serve(folder.path());
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", &backend.user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", &backend.password);
    let server = Process::start(command);
    let (_, service) = server.send("POST", "/v2/Services", &backend, "FriendlyName=Acme");
    let service = service["sid"].as_str().unwrap();
    let entity = format!("/v2/Services/{service}/Entities/user-0001");
    let device = Device::enrol(&server, &backend, &entity);
    server.end("-TERM");

    let certificate = make(folder.path());
    let (server, metrics) = start_observed(serve_with_tls(folder.path()));
    let connect = || connect(&server.address, &certificate, &TLS13, &[]).unwrap();
    let (head, _) = exchange(&mut connect(), "GET", &device.challenges(), &device.token(), "");
    let tag = head.lines().find_map(|line| line.strip_prefix("Etag: ")).unwrap();
    let mut waiting = connect();
    let (path, token) = (device.challenges(), device.token().to_header());
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}");
    write!(
        waiting,
        "{request}\r\nPrefer: wait=25\r\nIf-None-Match: {tag}\r\n\r\n"
    )
    .unwrap();
    let waits = || scrape(&metrics).contains("\ncountersign_waiting_requests 1\n");
    assert!((0..10_000).any(|_| waits()), "it never waited");
    server.signal("-TERM");
    let mut answer = String::new();
    waiting.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 304 "), "{answer}");
    assert!(answer.contains("\r\nPreference-Applied: wait=25\r\n"), "{answer}");
    assert!(server.end("-TERM").status.success());
}

#[test]
fn a_key_that_all_may_read_is_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    for (mode, warned) in [(0o600, false), (0o640, false), (0o644, true)] {
        fs::set_permissions(folder.path().join("key.pem"), fs::Permissions::from_mode(mode)).unwrap();
        let ended = Process::start(serve_with_tls(folder.path())).end("-TERM");
        assert_eq!(
            ended
                .log
                .contains("everybody on this computer may read the TLS key"),
            warned,
            "{mode:o}"
        );
    }
}

#[test]
fn a_certificate_that_cannot_be_used_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let keep = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let (chain, key) = (keep("chain.pem"), keep("key.pem"));
    make(folder.path());
    let fail = |name: &str, text: &[u8]| {
        let before = keep(name);
        fs::write(folder.path().join(name), text).unwrap();
        let output = serve_with_tls(folder.path()).output().unwrap();
        fs::write(folder.path().join(name), before).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    for (name, text, expected) in [
        ("key.pem", &*key, "cannot be used together"),
        ("chain.pem", &*chain, "cannot be used together"),
        ("key.pem", &*chain, "key.pem holds no private key in PEM form"),
        ("chain.pem", &*key, "chain.pem holds no certificate in PEM form"),
        (
            "key.pem",
            b"-----BEGIN PRIVATE KEY-----\ncanary!",
            "key.pem holds no private key in PEM form",
        ),
        ("chain.pem", b"", "chain.pem holds no certificate in PEM form"),
    ] {
        let words = fail(name, text);
        assert!(
            words.contains(expected) && !words.contains("canary"),
            "{expected} is not in {words}"
        );
    }
    fs::remove_file(folder.path().join("key.pem")).unwrap();
    let output = serve_with_tls(folder.path()).output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("key.pem cannot be read: No such file"), "{words}");
    let mut alone = program(folder.path(), &["serve", "--tls-key", "key.pem"]);
    let words = String::from_utf8(alone.output().unwrap().stderr).unwrap();
    assert!(words.contains("belong together"), "{words}");
}
