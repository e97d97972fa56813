//! Links in all their forms, and what is refused.

use countersign_protocol::link::{CLOUD_SERVER, Enrolment, Link, LinkError, MAX_LEN, ServerUrl};
use proptest::prelude::*;

const SERVICE: &str = "VA00000000000000000000000000000001";
const CHALLENGE: &str = "YC00000000000000000000000000000001";

fn own(query: &str) -> Result<Link, LinkError> {
    Link::parse(&format!("countersign://enrol?{query}"))
}

fn with(extra: &str) -> Result<Link, LinkError> {
    own(&format!(
        "v=1&service={SERVICE}&identity=user-0001&token=a.b.c{extra}"
    ))
}

fn enrolment(link: Result<Link, LinkError>) -> Enrolment {
    match link {
        Ok(Link::Enrol(enrolment)) => *enrolment,
        other => panic!("not an enrolment: {other:?}"),
    }
}

#[test]
fn the_direct_form_carries_everything() {
    let enrolment = enrolment(with(
        "&server=https%3A%2F%2Fauth.acme.example%3A8443&issuer=Acme&account=ada%40acme.example",
    ));
    assert_eq!(enrolment.server.as_str(), "https://auth.acme.example:8443");
    assert_eq!(enrolment.server.host(), "auth.acme.example:8443");
    assert_eq!(enrolment.service_sid.as_str(), SERVICE);
    assert_eq!(enrolment.identity.as_str(), "user-0001");
    assert_eq!(enrolment.token, "a.b.c");
    assert_eq!(enrolment.issuer.as_deref(), Some("Acme"));
    assert_eq!(enrolment.account.as_deref(), Some("ada@acme.example"));
    assert_eq!(
        Link::parse(&enrolment.to_link()),
        Ok(Link::Enrol(Box::new(enrolment)))
    );
}

#[test]
fn a_link_without_a_server_means_the_cloud_service() {
    let enrolment = enrolment(with(""));
    assert_eq!(enrolment.server.as_str(), CLOUD_SERVER);
    assert!(enrolment.server.is_cloud());
}

#[test]
fn the_vendors_own_forms_are_read() {
    let link = format!("authy://push?token=a.b.c&serviceSid={SERVICE}&identity=user-0001");
    assert!(enrolment(Link::parse(&link)).server.is_cloud());
    let json = format!(
        r#" {{"token":"a.b.c","serviceSid":"{SERVICE}","identity":"user-0001","factorType":"push"}} "#
    );
    assert!(enrolment(Link::parse(&json)).server.is_cloud());
    let json = json.replace(
        "\"push\"",
        "\"push\",\"server\":\"http://127.0.0.1:8080\",\"issuer\":\"Acme\"",
    );
    assert_eq!(
        enrolment(Link::parse(&json)).server.as_str(),
        "http://127.0.0.1:8080"
    );
    for json in [
        "{}",
        "{\"token\":1}",
        &json.replace("push", "totp"),
        &json.replace("issuer", "isuer"),
        "{",
    ] {
        assert!(
            matches!(Link::parse(json), Err(LinkError::Json | LinkError::FactorType)),
            "{json}"
        );
    }
}

#[test]
fn a_ticket_is_an_https_address_that_debug_does_not_show() {
    let Ok(Link::Ticket(ticket)) = own("v=1&ticket=https%3A%2F%2Fauth.acme.example%2Fenrol%2FTsecret") else {
        panic!("not a ticket");
    };
    assert_eq!(ticket.host(), "auth.acme.example");
    assert_eq!(
        ticket.expose().as_str(),
        "https://auth.acme.example/enrol/Tsecret"
    );
    assert_eq!(Link::parse(&ticket.to_link()), Ok(Link::Ticket(ticket.clone())));
    assert!(!format!("{ticket:?}").contains("Tsecret"));
    assert!(!format!("{:?}", with("")).contains("a.b.c"));
    let ticket = "ticket=https%3A%2F%2Fa.example%2FT";
    assert_eq!(own(&format!("v=1&{ticket}&token=x")), Err(LinkError::Unknown));
    assert_eq!(
        own("v=1&ticket=http%3A%2F%2Fa.example%2FT"),
        Err(LinkError::Insecure)
    );
}

#[test]
fn links_that_show_a_request_name_it_and_nothing_else() {
    assert!(matches!(
        Link::parse(&format!("countersign://open?challenge={CHALLENGE}")),
        Ok(Link::Open { .. })
    ));
    let confirm = Link::parse(&format!(
        "countersign://confirm?challenge={CHALLENGE}&transaction=t-1"
    ));
    assert!(matches!(confirm, Ok(Link::Confirm { transaction, .. }) if transaction == "t-1"));
    for (link, error) in [
        (
            "countersign://open?challenge=YC1",
            LinkError::Value { name: "challenge" },
        ),
        (
            &format!("countersign://open?challenge={CHALLENGE}&status=approved"),
            LinkError::Unknown,
        ),
        (
            &format!("countersign://approve?challenge={CHALLENGE}"),
            LinkError::Action,
        ),
        (
            &format!("countersign://deny?challenge={CHALLENGE}"),
            LinkError::Action,
        ),
        (
            &format!("countersign://confirm?challenge={CHALLENGE}"),
            LinkError::Missing { name: "transaction" },
        ),
    ] {
        assert_eq!(Link::parse(link), Err(error), "{link}");
    }
}

#[test]
fn hosts_that_are_not_ascii_are_shown_in_punycode_and_in_their_own_script() {
    let server = ServerUrl::parse("https://аcme.example").unwrap();
    assert_eq!(server.host(), "xn--cme-5cd.example");
    assert_eq!(server.unicode_host().as_deref(), Some("аcme.example"));
    assert_eq!(
        ServerUrl::parse("https://acme.example").unwrap().unicode_host(),
        None
    );
}

#[test]
fn only_https_and_this_computer_are_servers() {
    for good in [
        "https://a.example",
        "https://a.example/",
        "http://localhost:80",
        "http://127.0.0.1:9",
        "http://[::1]:9",
    ] {
        assert!(ServerUrl::parse(good).is_ok(), "{good}");
    }
    for insecure in [
        "http://a.example",
        "http://192.168.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://0.0.0.0",
    ] {
        assert_eq!(
            ServerUrl::parse(insecure).err(),
            Some(LinkError::Insecure),
            "{insecure}"
        );
    }
    for bad in [
        "",
        "a.example",
        "ftp://a.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://user@a.example",
        "https://user:pw@a.example",
        "https://a.example@evil.example",
        "https://@a.example",
        "https://a.example/path",
        "https://a.example?x=1",
        "https://a.example#x",
        "https:\\\\a.example",
        "https://a.example/\t",
        "https://a b.example",
        "https://a.example.",
        "https://a.example:0",
        "https://a.example:99999",
        "https://[::1",
        "https://a\0.example",
        "https://xn--a.example\r\nX: y",
    ] {
        assert_eq!(ServerUrl::parse(bad).err(), Some(LinkError::Server), "{bad:?}");
    }
}

#[test]
fn everything_that_does_not_belong_is_named() {
    let long = "x".repeat(MAX_LEN);
    for (query, error) in [
        ("", LinkError::Missing { name: "v" }),
        (&format!("v=2&service={SERVICE}"), LinkError::Version),
        (
            "v=1&identity=user-0001&token=t&server=https://a.example",
            LinkError::Missing { name: "service" },
        ),
        (
            &format!("v=1&service={SERVICE}&token=t"),
            LinkError::Missing { name: "identity" },
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001"),
            LinkError::Missing { name: "token" },
        ),
        (
            "v=1&service=VA1&identity=user-0001&token=t",
            LinkError::Value { name: "service" },
        ),
        (
            &format!("v=1&service={SERVICE}&identity=..%2F..%2F&token=t"),
            LinkError::Value { name: "identity" },
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=%0D%0Ax"),
            LinkError::Value { name: "token" },
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=t&issuer=%00"),
            LinkError::Value { name: "issuer" },
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=t&token=u"),
            LinkError::Repeated,
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=t&admin=1"),
            LinkError::Unknown,
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=%zz"),
            LinkError::Malformed,
        ),
        (
            &format!("v=1&service={SERVICE}&identity=user-0001&token=t#x"),
            LinkError::Malformed,
        ),
        (&long, LinkError::TooLong),
    ] {
        assert_eq!(own(query), Err(error), "{query}");
    }
}

#[test]
fn other_texts_are_told_apart() {
    for (text, error) in [
        ("", LinkError::Empty),
        ("  ", LinkError::Empty),
        ("hello", LinkError::Malformed),
        ("https://acme.example", LinkError::Scheme),
        ("otpauth://totp/Acme:ada?secret=ABC", LinkError::OneTimeCode),
        ("countersign:enrol?v=1", LinkError::Malformed),
        ("countersign://enrol", LinkError::Malformed),
        ("countersign://enrol?v=1\r\nHost: x", LinkError::Malformed),
        ("countersign://enrol?v=1\0", LinkError::Malformed),
    ] {
        assert_eq!(Link::parse(text), Err(error), "{text:?}");
    }
}

proptest! {
    #[test]
    fn every_enrolment_reads_back(issuer in "[^\\p{Cc}]{1,40}", account in proptest::option::of("[^\\p{Cc}]{1,40}"), token in "[!-~]{1,200}", port in 1u16..) {
        prop_assume!(!issuer.trim().is_empty() && account.as_ref().is_none_or(|account| !account.trim().is_empty()));
        let enrolment = Enrolment {
            server: ServerUrl::parse(&format!("https://acme.example:{port}")).unwrap(),
            service_sid: SERVICE.parse().unwrap(),
            identity: "user-0001".parse().unwrap(),
            token,
            issuer: Some(issuer),
            account,
        };
        let link = enrolment.to_link();
        prop_assume!(link.len() <= MAX_LEN);
        prop_assert_eq!(Link::parse(&link), Ok(Link::Enrol(Box::new(enrolment))));
    }

    #[test]
    fn garbage_is_refused_and_never_panics(text in "\\PC{0,300}") {
        prop_assert!(Link::parse(&text).is_err());
        let link = format!("countersign://{text}");
        prop_assert!(Link::parse(&link).is_err());
        let _ = own(&text);
        let _ = ServerUrl::parse(&text);
        let _ = ServerUrl::parse(&format!("https://{text}"));
    }

    #[test]
    fn a_byte_put_anywhere_never_panics(at in 0usize..150, byte in "\\PC") {
        let mut link = format!("countersign://enrol?v=1&service={SERVICE}&identity=user-0001&token=a.b.c&server=https://a.example");
        let at = at.min(link.len());
        link.insert_str(at, &byte);
        let _ = Link::parse(&link);
    }
}
