//! What the promises are tried on: a server with one of everything, and values on both sides of every limit.

use countersign_protocol::{date, form::Form};
use jiff::SignedDuration;

use crate::{
    operations::{Caller, Parameter, Route, parameter::Kind},
    tests::{Device, IDENTITY, Reply, World, totp::Authenticator},
};

pub(super) const PUSH_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// What only a factor with codes has.
const OF_CODES: [&str; 5] = [
    "Binding.Secret",
    "Config.Alg",
    "Config.TimeStep",
    "Config.CodeLength",
    "Config.Skew",
];

/// A server with one of everything.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) phone: Device,
    pub(super) authenticator: Authenticator,
    pub(super) challenge: String,
    pub(super) token: String,
    pub(super) webhook: String,
    /// Something that the webhook is to be told.
    pub(super) event: String,
}

impl Stage {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        let service = format!("/v2/Services/{}", world.service);
        let hook = "FriendlyName=Hook&EventTypes=*&WebhookUrl=https%3A%2F%2Facme.example";
        let webhook = world.post(&format!("{service}/Webhooks"), hook).await;
        let phone = world.verified_device(1).await;
        let authenticator = Authenticator::verified(&world, "").await;
        // Back to when it was: the dates that are tried are of that time.
        world.advance(-i64::from(authenticator.time_step()));
        let challenge = sid(&world.challenge(&phone).await);
        let token = world
            .post(
                &format!("{service}/AccessTokens"),
                "Identity=user-0001&FactorType=push",
            )
            .await;
        let deliveries = world.app.store.dump("SELECT uuid FROM deliveries").await;
        Self {
            world,
            phone,
            authenticator,
            challenge,
            token: sid(&token),
            webhook: sid(&webhook),
            event: deliveries[0].get("uuid").unwrap(),
        }
    }

    /// The path of an operation, to something that is there.
    pub(super) fn path(&self, route: &Route) -> String {
        let path = route.path.replace("{service}", self.world.service.as_str());
        let path = path
            .replace("{identity}", IDENTITY)
            .replace("{form}", "form-push");
        let path = path
            .replace("{token}", &self.token)
            .replace("{webhook}", &self.webhook)
            .replace("{uuid}", &self.event);
        path.replace("{factor}", self.phone.sid())
            .replace("{challenge}", &self.challenge)
    }

    /// The same to something that is not.
    pub(super) fn nowhere(&self, route: &Route) -> String {
        let known = [
            self.world.service.as_str(),
            &self.token,
            &self.webhook,
            self.phone.sid(),
            &self.challenge,
        ];
        let path = known.into_iter().fold(self.path(route), |path, sid| {
            path.replace(&sid[2..], &"0".repeat(32))
        });
        path.replace("form-push", "form-none")
    }

    /// Credentials that do: the backend's, or the device's where only devices ask.
    pub(super) fn auth(&self, route: &Route) -> String {
        if route.operation.callers == [Caller::Device] {
            self.phone.auth(self.world.now())
        } else {
            self.world.backend()
        }
    }

    /// A request in which only `tried` has another value than its example.
    pub(super) async fn try_values(&self, route: &Route, tried: &Parameter, values: &[String]) -> Reply {
        let in_query = route
            .operation
            .query()
            .any(|parameter| parameter.name == tried.name);
        let all = if in_query {
            route.operation.query
        } else {
            route.operation.body
        };
        let others = all
            .iter()
            .copied()
            .flatten()
            .filter(|other| other.name != tried.name);
        let mut form = Form::default();
        let of_codes = OF_CODES.contains(&tried.name);
        for parameter in others.filter(|other| is_needed(other) || other.name == "Config.NotificationToken") {
            if parameter.name == "FactorType" && of_codes {
                form.push(parameter.name, "totp");
            } else {
                form.push(parameter.name, self.example(parameter));
            }
        }
        for value in values {
            form.push(tried.name, value.as_str());
        }
        let method = route.method.as_str();
        let (mut path, form) = (self.path(route), form.encode());
        if of_codes {
            path = path.replace(self.phone.sid(), self.authenticator.sid());
        }
        if in_query {
            return self
                .world
                .send(method, &format!("{path}?{form}"), &self.auth(route), "")
                .await;
        }
        self.world.send(method, &path, &self.auth(route), &form).await
    }

    pub(super) fn example(&self, parameter: &Parameter) -> String {
        match parameter.name {
            "FactorSid" => self.phone.sid().to_owned(),
            "Config.NotificationToken" => PUSH_TOKEN.to_owned(),
            "ExpirationDate" => date::format(self.world.now() + SignedDuration::from_mins(60)),
            _ => parameter.example.to_owned(),
        }
    }

    /// Values that are just within the limits.
    pub(super) fn good(&self, parameter: &Parameter) -> Vec<String> {
        let text = |length: u32| "a".repeat(length as usize);
        match parameter.kind {
            Kind::Text { least, most } => vec![text(least), text(most)],
            Kind::Number { least, most } => vec![least.to_string(), most.to_string()],
            Kind::Word(words) | Kind::Words(words) => words.iter().map(|&word| word.to_owned()).collect(),
            Kind::Flag => vec!["true".to_owned(), "false".to_owned()],
            Kind::Texts { most } => vec!["{}".to_owned(), format!(r#"{{"k":"{}"}}"#, text(most - 8))],
            Kind::Fields => vec![field(36, 128)],
            Kind::List { most } => vec![text(most), format!("{},b", text(most))],
            Kind::Identity => vec![text(8), text(64)],
            Kind::Url => vec![format!("https://acme.example/{}", text(2048 - 21))],
            Kind::Opaque { .. } => vec![],
            Kind::Sid(_) | Kind::Date => vec![self.example(parameter)],
        }
    }
}

/// Whether a request has to have this parameter, or has to have it if it is about a device.
pub(in crate::tests) fn is_needed(parameter: &Parameter) -> bool {
    let of_devices = ["Binding.PublicKey", "Binding.Alg", "Details.Message"];
    parameter.required || of_devices.contains(&parameter.name)
}

/// Values that are just outside of the limits, each as the values of one request.
pub(super) fn bad(kind: Kind) -> Vec<Vec<String>> {
    let text = |length: u32| "a".repeat(length as usize);
    let one = |values: Vec<String>| values.into_iter().map(|value| vec![value]).collect();
    match kind {
        Kind::Text { least, most } if least > 1 => one(vec![text(least - 1), text(most + 1)]),
        Kind::Text { most, .. } => one(vec![text(most + 1), "\u{7}".to_owned()]),
        Kind::Number { least, most } => one(vec![
            (i64::from(least) - 1).to_string(),
            (u64::from(most) + 1).to_string(),
            "x".to_owned(),
        ]),
        Kind::Word(words) | Kind::Words(words) => one(vec!["nonsense".to_owned(), format!("{}x", words[0])]),
        Kind::Flag => one(vec!["yes".to_owned()]),
        Kind::Sid(prefix) => one(vec![format!("{prefix}1"), format!("XX{}", "0".repeat(32))]),
        Kind::Date => one(vec!["tomorrow".to_owned(), "2026-11-20T06:00:01Z".to_owned()]),
        Kind::Texts { most } => one(vec![
            "[]".to_owned(),
            r#"{"k":1}"#.to_owned(),
            format!(r#"{{"k":"{}"}}"#, text(most - 7)),
        ]),
        Kind::Fields => {
            let mut bad: Vec<_> = one(vec![field(37, 1), field(1, 129), "[]".to_owned()]);
            bad.push(vec![field(1, 1); 21]);
            bad
        }
        Kind::List { most } => one(vec![text(most + 1), vec!["a"; 21].join(",")]),
        Kind::Identity => one(vec![text(7), text(65), "user_0001".to_owned()]),
        Kind::Url => one(vec![
            "nonsense".to_owned(),
            format!("https://acme.example/{}", text(2049 - 21)),
        ]),
        Kind::Opaque { most } => one(vec!["?".to_owned(), text(most + 1)]),
    }
}

fn field(label: usize, value: usize) -> String {
    format!(
        r#"{{"label":"{}","value":"{}"}}"#,
        "l".repeat(label),
        "v".repeat(value)
    )
}

pub(in crate::tests) fn sid(reply: &Reply) -> String {
    reply.json()["sid"].as_str().unwrap().to_owned()
}
