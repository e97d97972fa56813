//! Factors with codes, from their creation to the answers they give (sections 9.4 and 9.5 of the Verify Push protocol
//! notes).

use countersign_protocol::{
    form::Form,
    totp::{Secret, TotpConfig},
};
use jiff::SignedDuration;
use serde_json::Value;

use super::{Reply, World, payload};

mod challenges;
mod factors;
mod limits;
mod model;
mod outsiders;
mod races;

/// An authenticator that was given a secret.
#[derive(Debug, Clone)]
pub(super) struct Authenticator {
    secret: Secret,
    config: TotpConfig,
    factor: Value,
}

impl Authenticator {
    /// The backend makes a factor, and the authenticator reads its secret.
    pub(super) async fn unverified(world: &World, parameters: &str) -> Self {
        let body = format!("FactorType=totp&FriendlyName=Anna&{parameters}");
        let factor = world.post(&world.at("/Factors"), &body).await.expect(201);
        Self {
            secret: Secret::from_base32(factor["binding"]["secret"].as_str().unwrap()).unwrap(),
            config: serde_json::from_value(factor["config"].clone()).unwrap(),
            factor,
        }
    }

    /// The same, with its first code shown and used up, and the next to come.
    pub(super) async fn verified(world: &World, parameters: &str) -> Self {
        let authenticator = Self::unverified(world, parameters).await;
        let verified = authenticator.verify(world, &authenticator.code(world)).await;
        assert_eq!(verified.expect(200)["status"], "verified");
        world.advance(authenticator.time_step().into());
        authenticator
    }

    pub(super) fn sid(&self) -> &str {
        self.factor["sid"].as_str().unwrap()
    }

    pub(super) fn time_step(&self) -> u32 {
        self.config.time_step
    }

    fn path(&self, world: &World) -> String {
        world.at(&format!("/Factors/{}", self.sid()))
    }

    /// The code it shows.
    fn code(&self, world: &World) -> String {
        self.code_in(world, 0)
    }

    /// The code it shows so many steps from now.
    fn code_in(&self, world: &World, steps: i64) -> String {
        let off = SignedDuration::from_secs(steps * i64::from(self.config.time_step));
        let code = self.config.code(&self.secret, world.now() + off);
        code.as_str().to_owned()
    }

    /// A code that it shows neither now nor in the steps around.
    pub(super) fn wrong_code(&self, world: &World) -> String {
        let good: Vec<_> = (-3..=3).map(|steps| self.code_in(world, steps)).collect();
        let width = self.config.code_length as usize;
        let mut codes = (0..100).map(|number| format!("{number:0width$}"));
        codes.find(|code| !good.contains(code)).unwrap()
    }

    pub(super) async fn verify(&self, world: &World, code: &str) -> Reply {
        world.post(&self.path(world), &payload(code)).await
    }

    /// Asks for a code.
    pub(super) async fn challenge(&self, world: &World) -> Reply {
        let body = format!("FactorSid={}", self.sid());
        world.post(&world.at("/Challenges"), &body).await
    }

    /// Brings a code at once.
    async fn sign_in(&self, world: &World, code: &str) -> Reply {
        let body = format!("FactorSid={}&AuthPayload={code}", self.sid());
        world.post(&world.at("/Challenges"), &body).await
    }
}

pub(super) async fn answer(world: &World, challenge: &Value, code: &str) -> Reply {
    let path = world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap()));
    world.post(&path, &payload(code)).await
}

async fn told(world: &World) -> Vec<String> {
    let rows = world
        .app
        .store
        .dump("SELECT body FROM deliveries ORDER BY id")
        .await;
    let bodies = rows.iter().map(|row| row.get::<String>("body").unwrap());
    bodies
        .map(|body| {
            let form = Form::parse(body.as_bytes()).unwrap();
            let of = |name| form.one(name).unwrap().unwrap_or_default().to_owned();
            format!("{} {}", of("type"), of("factor_type"))
        })
        .collect()
}

async fn subscribe(world: &World) {
    let path = format!("/v2/Services/{}/Webhooks", world.service);
    let body = "FriendlyName=Hook&EventTypes=*&EventTypes=challenge.created&EventTypes=challenge.expired&WebhookUrl=https%3A%2F%2Fexample.com%2F";
    world.post(&path, body).await.expect(201);
}
