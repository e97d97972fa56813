//! S-11: no credential of one tenant reaches anything of another, and what is another's looks like what is not there.

use countersign_protocol::{basic_auth::BasicAuth, form::Form, sid::AccountSid};
use secrecy::ExposeSecret as _;

use super::{Dice, times};
use crate::{
    operations::Route,
    serving::make_api_key,
    tests::{
        Device, IDENTITY, Reply, World,
        document::ROUTES,
        faults::snapshot,
        promises::stage::{is_needed, sid},
    },
};

/// How many tenants there are.
const TENANTS: u8 = 50;

/// What names a resource of a tenant, in a path or a parameter. Identities are the same everywhere.
const NAMES: [&str; 7] = [
    "{service}",
    "{token}",
    "{webhook}",
    "{uuid}",
    "{factor}",
    "{challenge}",
    "FactorSid",
];

/// An account with one of everything.
struct Tenant {
    account: String,
    api_key: String,
    device: Device,
    permission: String,
    /// What the [`NAMES`] stand for.
    resources: [String; NAMES.len()],
    /// What nobody else may ever read.
    canary: String,
}

impl Tenant {
    async fn new(world: &World, number: u8) -> Self {
        let account = world.make_account(number).await;
        let canary = format!("canary-of-tenant-{number}-");
        let api_key = api_key(world, number, &canary).await;
        // One of the two makes what the other may see.
        let post = async |path: &str, body: &str| world.send("POST", path, &api_key, body).await;
        let service = sid(&post("/v2/Services", &format!("FriendlyName={canary}")).await);
        let root = format!("/v2/Services/{service}");
        let url = format!("https%3A%2F%2Facme.example%2F{canary}");
        let hook = format!("FriendlyName={canary}&EventTypes=*&WebhookUrl={url}");
        let webhook = sid(&post(&format!("{root}/Webhooks"), &hook).await);
        let permission = format!("Identity={IDENTITY}&FactorType=push");
        let permission = post(&format!("{root}/AccessTokens"), &permission).await;
        let entity = format!("{root}/Entities/{IDENTITY}");
        let mut device = Device::new(number);
        let creation = device.creation().replace("This+computer", &canary);
        device.factor = post(&format!("{entity}/Factors"), &creation).await.expect(201);
        let path = format!("{entity}/Factors/{}", device.sid());
        post(&path, &device.proof()).await.expect(200);
        let question = format!("FactorSid={}&Details.Message={canary}", device.sid());
        let challenge = sid(&post(&format!("{entity}/Challenges"), &question).await);
        let path = format!("/countersign/v1/Services/{service}/Webhooks/{webhook}/Deliveries");
        let deliveries = world.send("GET", &path, &account, "").await.expect(200);
        let uuid = deliveries["deliveries"][0]["uuid"].as_str().unwrap().to_owned();
        let token = permission.json()["token"].as_str().unwrap().to_owned();
        let factor = device.sid().to_owned();
        Self {
            permission: BasicAuth::device(token).to_header(),
            resources: [
                service,
                sid(&permission),
                webhook,
                uuid,
                factor.clone(),
                challenge,
                factor,
            ],
            account,
            api_key,
            device,
            canary,
        }
    }

    fn credentials(&self, world: &World, which: usize) -> String {
        match which {
            0 => self.account.clone(),
            1 => self.api_key.clone(),
            2 => self.device.auth(world.now()),
            _ => self.permission.clone(),
        }
    }
}

/// An API key of the account with this number.
async fn api_key(world: &World, number: u8, name: &str) -> String {
    let account = AccountSid::from_random([number; 16]);
    let made = make_api_key(&world.app.store, &account, name, &world.clock).await;
    let (sid, secret) = made.unwrap().unwrap();
    BasicAuth {
        user: sid.to_string(),
        password: secret.expose_secret().to_owned(),
    }
    .to_header()
}

/// The same kind of name, of nothing that is there.
fn unknown(name: &str) -> String {
    let (kind, rest) = name.split_at(2);
    let zeros = rest.replace(|character: char| character.is_ascii_alphanumeric(), "0");
    format!("{kind}{zeros}")
}

/// Asks for a route with these resources.
async fn ask(world: &World, route: &Route, auth: &str, resources: &[String; NAMES.len()]) -> Reply {
    let filled = NAMES.iter().zip(resources);
    let mut path = route
        .path
        .replace("{identity}", IDENTITY)
        .replace("{form}", "form-push");
    for (name, resource) in filled {
        path = path.replace(name, resource);
    }
    let mut form = Form::default();
    let parameters = route.operation.query().chain(route.operation.body());
    for parameter in parameters.filter(|parameter| is_needed(parameter) || parameter.name == "FactorSid") {
        let value = if parameter.name == "FactorSid" {
            &resources[NAMES.len() - 1]
        } else {
            parameter.example
        };
        form.push(parameter.name, value);
    }
    let (method, form) = (route.method.as_str(), form.encode());
    if route.operation.body().next().is_some() {
        world.send(method, &path, auth, &form).await
    } else {
        world.send(method, &format!("{path}?{form}"), auth, "").await
    }
}

/// Which of its names a route has.
fn names(route: &Route) -> Vec<usize> {
    let filters = |name: &str| {
        let mut parameters = route.operation.query().chain(route.operation.body());
        parameters.any(|parameter| parameter.name == name)
    };
    let named = NAMES.iter().enumerate();
    let named = named.filter(|(_, name)| route.path.contains(**name) || filters(name));
    named.map(|(at, _)| at).collect()
}

#[tokio::test]
async fn nothing_of_another_tenant_is_reached_or_told_from_nothing() {
    let world = World::new().await;
    let mut tenants = Vec::new();
    for number in 1..=TENANTS {
        tenants.push(Tenant::new(&world, number).await);
    }
    let routes: Vec<_> = ROUTES.iter().filter(|route| !names(route).is_empty()).collect();
    assert!(routes.len() > 25, "{}", routes.len());
    let before = snapshot(&world).await;
    let mut dice = Dice(11);
    let (pairs, mut leaks, mut different) = (times(1500), 0, Vec::new());
    for pair in 0..pairs {
        let (at, other) = (dice.below(tenants.len()), 1 + dice.below(tenants.len() - 1));
        let (attacker, victim) = (&tenants[at], &tenants[(at + other) % tenants.len()]);
        let route = routes[pair % routes.len()];
        let mut foreign: Vec<_> = names(route);
        let certain = foreign[dice.below(foreign.len())];
        foreign.retain(|name| *name == certain || dice.below(2) == 0);
        let (mut theirs, mut nobodys) = (attacker.resources.clone(), attacker.resources.clone());
        for name in foreign {
            theirs[name].clone_from(&victim.resources[name]);
            nobodys[name] = unknown(&victim.resources[name]);
        }
        let auth = attacker.credentials(&world, dice.below(4));
        let reply = ask(&world, route, &auth, &theirs).await;
        let nothing = ask(&world, route, &auth, &nobodys).await;
        let masked = theirs
            .iter()
            .zip(&nobodys)
            .fold(reply.text.clone(), |text, (theirs, nobodys)| {
                text.replace(theirs, nobodys)
            });
        if (reply.status, &masked, &reply.headers) != (nothing.status, &nothing.text, &nothing.headers) {
            different.push(format!(
                "{} {}: {} for {}",
                route.method, route.path, reply.text, nothing.text
            ));
        }
        leaks += usize::from(reply.text.contains(&victim.canary));
    }
    let changed = before != snapshot(&world).await;
    println!(
        "S-11 isolation: {pairs} pairs of a credential (auth token, API key, device, access token) and a resource over {TENANTS} tenants and {} routes, {leaks} foreign reads, {} answers that \
         tell foreign from unknown, changes: {changed}",
        routes.len(),
        different.len()
    );
    assert!(different.is_empty(), "{different:#?}");
    assert_eq!((leaks, changed), (0, false));
}
