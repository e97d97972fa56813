//! Who asks the server: a product's backend, and devices.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{self, Decision, FIELDS_HEADER, SignatureFields},
    clock::{Clock, SystemClock},
    device_jwt,
    form::Form,
    json::Members,
    jws,
    resources::{
        challenge::{CreateChallenge, Field, UpdateChallenge},
        factor::{CreateFactor, NotificationPlatform, PushConfig, UpdateFactor},
    },
    sid::AccountSid,
};
use hyper::Method;

use crate::{
    key::Key,
    measure::timed,
    wire::{Connection, Reply},
};

/// The account's secret.
pub(crate) const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The account.
pub(crate) fn account() -> AccountSid {
    AccountSid::from_random([0xac; 16])
}

/// The backend of a product that asks people.
#[derive(Clone)]
pub(crate) struct Backend {
    pub(crate) service: String,
    pub(crate) authorization: String,
}

impl Backend {
    /// Makes a service.
    pub(crate) async fn begin(address: SocketAddr) -> Result<Self> {
        let credentials = BasicAuth {
            user: account().to_string(),
            password: AUTH_TOKEN.to_owned(),
        };
        let authorization = credentials.to_header();
        let mut connection = Connection::open(address).await?;
        let body = "FriendlyName=Acme".to_owned();
        let made = connection.post("/v2/Services", &authorization, body).await?;
        Ok(Self {
            service: made.expect(201)?.text("/sid")?,
            authorization,
        })
    }

    /// The permission to enrol as somebody.
    pub(crate) async fn token(&self, connection: &mut Connection, identity: &str) -> Result<String> {
        let path = format!("/v2/Services/{}/AccessTokens", self.service);
        let body = format!("Identity={identity}&FactorType=push&Ttl=300");
        let made = connection.post(&path, &self.authorization, body).await?;
        made.expect(201)?.text("/token")
    }

    /// Asks a device, as a sign-in does: a sentence, two lines and something that is not shown.
    pub(crate) async fn ask(&self, connection: &mut Connection, device: &Device) -> Result<Reply> {
        let field = |label: &str, value: &str| Field {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let create = CreateChallenge {
            factor_sid: device.factor.parse()?,
            expiration_date: None,
            message: Some("Sign in to Acme?".to_owned()),
            fields: vec![field("Where", "Lisbon"), field("Browser", "Firefox 140 on Linux")],
            hidden_details: Some(BTreeMap::from([("ip".to_owned(), "192.0.2.1".to_owned())]).into()),
            code: None,
        };
        let path = device.path("/Challenges");
        let made = connection
            .post(&path, &self.authorization, create.to_form().encode())
            .await?;
        made.expect(201)
    }

    /// Reads what became of a challenge.
    pub(crate) async fn status(
        &self,
        connection: &mut Connection,
        device: &Device,
        sid: &str,
    ) -> Result<String> {
        let path = device.path(&format!("/Challenges/{sid}"));
        let found = connection.get(&path, &self.authorization).await?;
        found.expect(200)?.text("/status")
    }
}

/// A device that has enrolled.
pub(crate) struct Device {
    key: Key,
    entity: String,
    pub(crate) factor: String,
    credential: String,
}

impl Device {
    /// Enrols a new device of a person, and says how long both steps of the device took.
    pub(crate) async fn enrol(
        connection: &mut Connection,
        backend: &Backend,
        identity: &str,
    ) -> Result<(Self, Duration)> {
        let token = backend.token(connection, identity).await?;
        let mut device = Self {
            key: Key::make()?,
            entity: format!("/v2/Services/{}/Entities/{identity}", backend.service),
            factor: String::new(),
            credential: String::new(),
        };
        let taken = timed(async {
            let form = device.creation()?.encode();
            let token = BasicAuth::device(token).to_header();
            let made = connection.post(&device.path("/Factors"), &token, form).await?;
            let made = made.expect(201)?;
            device.factor = made.text("/sid")?;
            device.credential = made.text("/config/credential_sid")?;
            let proof = UpdateFactor {
                auth_payload: Some(device.key.sign(device.factor.as_bytes())?.to_factor_proof()?),
                friendly_name: None,
                config: None,
            };
            let path = device.path(&format!("/Factors/{}", device.factor));
            let verified = connection
                .post(&path, &device.authorization()?, proof.to_form().encode())
                .await?;
            verified.expect(200)
        })
        .await?;
        Ok((device, taken))
    }

    fn creation(&self) -> Result<Form> {
        let create = CreateFactor {
            friendly_name: "This computer".to_owned(),
            public_key: self.key.public()?,
            config: PushConfig {
                sdk_version: Some("0.1.0".to_owned()),
                app_id: Some("org.example.app".to_owned()),
                notification_platform: Some(NotificationPlatform::None),
                notification_token: None,
            },
            metadata: None,
        };
        Ok(create.to_form())
    }

    /// The path of what lies below its person.
    pub(crate) fn path(&self, below: &str) -> String {
        format!("{}{below}", self.entity)
    }

    /// Credentials for one request.
    fn authorization(&self) -> Result<String> {
        let account = account();
        let input = device_jwt::signing_input(&self.credential, account.as_str(), SystemClock.now());
        let token = jws::assemble(&input, &self.key.sign(input.as_bytes())?);
        Ok(BasicAuth::device(token).to_header())
    }

    /// Asks what is pending, and waits up to 25 seconds for anything but what `known` names.
    pub(crate) async fn poll(
        &self,
        connection: &mut Connection,
        known: Option<&str>,
        wait: bool,
    ) -> Result<Reply> {
        let path = self.path(&format!(
            "/Challenges?FactorSid={}&Status=pending&Order=desc&PageSize=20",
            self.factor
        ));
        let authorization = self.authorization()?;
        let mut headers = vec![("authorization", &*authorization)];
        headers.extend(known.map(|tag| ("if-none-match", tag)));
        if wait {
            headers.push(("prefer", "wait=25"));
        }
        connection.ask(Method::GET, &path, &headers, String::new()).await
    }

    /// Fetches a challenge, signs and sends the answer.
    pub(crate) async fn approve(&self, connection: &mut Connection, sid: &str) -> Result<()> {
        let path = self.path(&format!("/Challenges/{sid}"));
        let challenge = connection.get(&path, &self.authorization()?).await?.expect(200)?;
        let fields = challenge
            .headers
            .get(FIELDS_HEADER)
            .context("no fields are named")?;
        let input = challenge_response::signing_input(
            &Members::parse(&challenge.body)?,
            &SignatureFields::parse(fields.to_str()?)?,
            &Decision::Approved.into(),
        )?;
        let answer = UpdateChallenge {
            auth_payload: jws::assemble(&input, &self.key.sign(input.as_bytes())?),
            metadata: None,
        };
        let answered = connection
            .post(&path, &self.authorization()?, answer.to_form().encode())
            .await?;
        answered.expect(200).map(|_| ())
    }
}
