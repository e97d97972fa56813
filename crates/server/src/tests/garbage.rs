//! Bad input on every route: the right 4xx in the envelope, never a 5xx, and nothing changes.

use axum::{body::Body, http::Request};
use countersign_protocol::{basic_auth::BasicAuth, form::Form};
use proptest::prelude::*;

use super::{Device, IDENTITY, Reply, World, totp::Authenticator};

const METHODS: [&str; 7] = ["GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS"];

/// What parameters are called, right and wrong.
const NAMES: [&str; 28] = [
    "FriendlyName",
    "Identity",
    "FactorType",
    "FactorFriendlyName",
    "Ttl",
    "Binding.PublicKey",
    "Binding.Alg",
    "Binding.Secret",
    "Config.Alg",
    "Config.TimeStep",
    "Config.CodeLength",
    "Config.SdkVersion",
    "Config.AppId",
    "Config.NotificationPlatform",
    "Config.NotificationToken",
    "Metadata",
    "AuthPayload",
    "FactorSid",
    "Details.Message",
    "Details.Fields",
    "HiddenDetails",
    "ExpirationDate",
    "EventTypes",
    "WebhookUrl",
    "CodeLength",
    "Push.IncludeDate",
    "friendlyname",
    "",
];

const QUERY_NAMES: [&str; 7] = [
    "PageSize",
    "Page",
    "PageToken",
    "pageToken",
    "Status",
    "Order",
    "FactorSid",
];

/// Values that are nearly right, or wrong in a way that programs trip over.
const VALUES: [&str; 30] = [
    "",
    "0",
    "-1",
    "1",
    "60",
    "99999999999999999999",
    "true",
    "push",
    "totp",
    "sha256",
    "123456",
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    "none",
    "fcm",
    "ES256",
    "user-0001",
    "asc",
    "pending",
    "null",
    "{}",
    "[]",
    r#"{"a":1}"#,
    r#"{"a":"b","a":"c"}"#,
    "{\"a\":",
    "a.b.c",
    "..",
    "\0",
    "\u{202e}",
    "9999-12-31T23:59:59Z",
    "2026-11-20T05:04:00Z",
];

#[derive(Debug, Clone)]
struct Attack {
    method: usize,
    path: String,
    credentials: Credentials,
    pairs: Vec<(String, String)>,
    raw: Option<Vec<u8>>,
    header: Option<(String, Vec<u8>)>,
}

#[derive(Debug, Clone)]
enum Credentials {
    None,
    Backend,
    Device,
    AccessToken,
    Garbage(String),
    Token(String),
    /// The device's own token with one character replaced.
    Changed(usize, char),
}

fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("SERVICE".to_owned()),
        2 => Just(IDENTITY.to_owned()),
        2 => Just("FACTOR".to_owned()),
        2 => Just("CHALLENGE".to_owned()),
        1 => Just("AUTHENTICATOR".to_owned()),
        1 => Just("ASKED".to_owned()),
        1 => Just("VA00000000000000000000000000000000".to_owned()),
        1 => Just("user-9999".to_owned()),
        1 => "[A-Za-z0-9%.~_-]{0,40}",
        1 => "(%[0-9A-F]{2}){1,12}",
    ]
}

fn path() -> impl Strategy<Value = String> {
    let routes = prop_oneof![
        Just("/v2/Services"),
        Just("/v2/Services/{}"),
        Just("/v2/Services/{}/AccessTokens"),
        Just("/v2/Services/{}/AccessTokens/{}"),
        Just("/v2/Services/{}/Webhooks"),
        Just("/countersign/v1/challenges/{}/reports"),
        Just("/v2/Services/{}/Webhooks/{}"),
        Just("/countersign/v1/Services/{}/Webhooks/{}/Deliveries"),
        Just("/countersign/v1/Services/{}/Webhooks/{}/Deliveries/{}"),
        Just("/v2/Services/{}/Entities"),
        Just("/v2/Services/{}/Entities/{}"),
        Just("/v2/Services/{}/Entities/{}/Factors"),
        Just("/v2/Services/{}/Entities/{}/Factors/{}"),
        Just("/v2/Services/{}/Entities/{}/Challenges"),
        Just("/v2/Services/{}/Entities/{}/Challenges/{}"),
        Just("/v2/Services/{}/Entities/{}/Challenges/{}/Notifications"),
        Just("/v2/Forms/{}"),
        Just("/healthz"),
        Just("/readyz"),
        Just("/{}/{}"),
    ];
    (routes, prop::collection::vec(segment(), 3), any::<bool>()).prop_map(|(route, segments, usual)| {
        let mut segments = segments.into_iter();
        let mut path = route.to_owned();
        // Half of all attacks come to a place that exists, so that they get past the path.
        let usual = if usual { vec!["SERVICE", IDENTITY] } else { vec![] };
        let mut usual = usual.into_iter().map(str::to_owned);
        while path.contains("{}") {
            let segment = usual.next().or_else(|| segments.next()).unwrap_or_default();
            path = path.replacen("{}", &segment, 1);
        }
        path
    })
}

fn attack() -> impl Strategy<Value = Attack> {
    let value = prop_oneof![
        4 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,80}",
        1 => (0_usize..7000).prop_map(|length| "ä".repeat(length)),
    ];
    let name = prop::sample::select(NAMES.iter().chain(&QUERY_NAMES).copied().collect::<Vec<_>>());
    let credentials = prop_oneof![
        1 => Just(Credentials::None),
        6 => Just(Credentials::Backend),
        3 => Just(Credentials::Device),
        2 => Just(Credentials::AccessToken),
        1 => "\\PC{0,60}".prop_map(Credentials::Garbage),
        1 => "[A-Za-z0-9_.=-]{0,200}".prop_map(Credentials::Token),
        2 => (any::<usize>(), any::<char>()).prop_map(|(at, to)| Credentials::Changed(at, to)),
    ];
    let header = prop_oneof![
        Just("content-type"),
        Just("accept"),
        Just("content-encoding"),
        Just("expect"),
        Just("prefer"),
        Just("x-forwarded-for"),
        Just("if-none-match"),
    ];
    (
        0..METHODS.len(),
        path(),
        credentials,
        prop::collection::vec((name.prop_map(str::to_owned), value), 0..6),
        prop::option::weighted(0.2, prop::collection::vec(any::<u8>(), 0..300)),
        prop::option::of((
            header.prop_map(str::to_owned),
            prop::collection::vec(0x20_u8..0x7f, 0..60),
        )),
    )
        .prop_map(|(method, path, credentials, pairs, raw, header)| Attack {
            method,
            path,
            credentials,
            pairs,
            raw,
            header,
        })
}

struct Target {
    world: World,
    phone: Device,
    challenge: String,
    authenticator: Authenticator,
    /// The challenge to the authenticator.
    asked: String,
    token: String,
}

impl Target {
    async fn new() -> Self {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await.json()["sid"]
            .as_str()
            .unwrap()
            .to_owned();
        let authenticator = Authenticator::verified(&world, "").await;
        let asked = authenticator.challenge(&world).await.json()["sid"]
            .as_str()
            .unwrap()
            .to_owned();
        let token = world.access_token(IDENTITY).await;
        Self {
            world,
            phone,
            challenge,
            authenticator,
            asked,
            token,
        }
    }

    async fn send(&self, attack: &Attack) -> Option<(Reply, bool)> {
        let method = METHODS[attack.method];
        let path = attack.path.replace("SERVICE", self.world.service.as_str());
        let path = path
            .replace("FACTOR", self.phone.sid())
            .replace("CHALLENGE", &self.challenge)
            .replace("AUTHENTICATOR", self.authenticator.sid())
            .replace("ASKED", &self.asked);
        let form: Form = attack.pairs.iter().cloned().collect();
        let raw = attack.raw.as_deref();
        let (uri, body) = match (method, raw) {
            ("POST", Some(raw)) => (path.clone(), raw.to_vec()),
            ("POST", None) => (path.clone(), form.encode().into_bytes()),
            (_, Some(raw)) => {
                let text: String = raw
                    .iter()
                    .filter(|byte| byte.is_ascii_graphic())
                    .map(|&byte| byte as char)
                    .collect();
                (
                    format!(
                        "{path}?{}",
                        text.replace(['#', '"', '<', '>', '\\', '^', '`', '{', '|', '}'], "")
                    ),
                    Vec::new(),
                )
            }
            (_, None) => (format!("{path}?{}", form.encode()), Vec::new()),
        };
        let mut request = Request::builder().method(method).uri(uri);
        let authorization = match &attack.credentials {
            Credentials::None => None,
            Credentials::Backend => Some(self.world.backend()),
            Credentials::Device => Some(self.phone.auth(self.world.now())),
            Credentials::AccessToken => Some(self.token.clone()),
            Credentials::Changed(at, to) => {
                let token = BasicAuth::parse(&self.phone.auth(self.world.now()))
                    .unwrap()
                    .password;
                let at = at % token.len();
                Some(BasicAuth::device(format!("{}{to}{}", &token[..at], &token[at + 1..])).to_header())
            }
            Credentials::Garbage(text) => Some(text.clone()),
            Credentials::Token(token) => Some(BasicAuth::device(token.clone()).to_header()),
        };
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        if let Some((name, value)) = &attack.header {
            request = request.header(name, value.as_slice());
        }
        // What the HTTP library itself refuses never reaches the server.
        let request = request.body(Body::from(body)).ok()?;
        let before = self.world.app.store.changed_rows();
        let reply = self.world.send_request(request).await;
        Some((reply, self.world.app.store.changed_rows() == before))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Each case is a fresh server under fifty attacks in a row.
    #[test]
    fn no_request_gets_a_5xx_and_no_refused_one_changes_anything(attacks in prop::collection::vec(attack(), 50)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let target = Target::new().await;
            for attack in &attacks {
                let Some((reply, unchanged)) = target.send(attack).await else { continue };
                let status = reply.status.as_u16();
                prop_assert!(status < 500, "{attack:?}: {}", reply.text);
                prop_assert!(reply.headers.contains_key("date"));
                if status >= 400 {
                    // That a wrong code was brought is counted, whatever the answer.
                    let counted = reply.json()["code"] == 60311 && attack.path.contains("AUTHENTICATOR");
                    prop_assert!(unchanged || counted, "{attack:?} changed something");
                    let head = METHODS[attack.method] == "HEAD";
                    prop_assert!(head || reply.refusal().0 == status);
                }
            }
            Ok(())
        })?;
    }
}
