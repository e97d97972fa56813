//! A device that enrols, and asks for its challenges.

use std::net::TcpStream;

use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{self, Decision, FIELDS_HEADER, SignatureFields},
    clock::{Clock as _, SystemClock},
    device_jwt,
    form::Form,
    json::Members,
    jws,
    keys::{PublicKey, Signature},
};
use p256::ecdsa::{SigningKey, signature::Signer as _};
use serde_json::Value;

use crate::process::{Process, try_exchange};

/// A device with its key, and the factor that it is.
pub(crate) struct Device {
    key: SigningKey,
    factors: String,
    factor: Value,
}

/// A form of these pairs.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    pairs.collect::<Form>().encode()
}

impl Device {
    /// Enrols for this identity of a service, by the backend's word, and proves its key.
    pub(crate) fn enrol(server: &Process, backend: &BasicAuth, entity: &str) -> Self {
        Self::enrol_with(server, backend, entity, 7)
    }

    /// The same with the key that this seed makes.
    pub(crate) fn enrol_with(server: &Process, backend: &BasicAuth, entity: &str, seed: u8) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        let public = PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap();
        let factors = format!("{entity}/Factors");
        let creation = form(&[
            ("FriendlyName", "Laptop"),
            ("FactorType", "push"),
            ("Binding.Alg", "ES256"),
            ("Binding.PublicKey", &public.to_binding()),
        ]);
        let (status, factor) = server.send("POST", &factors, backend, &creation);
        assert_eq!(status, 201, "{factor}");
        let device = Self { key, factors, factor };
        let proof = device.sign(device.sid().as_bytes()).to_factor_proof().unwrap();
        let path = format!("{}/{}", device.factors, device.sid());
        let (status, verified) = server.send("POST", &path, backend, &form(&[("AuthPayload", &proof)]));
        assert_eq!((status, &verified["status"]), (200, &Value::from("verified")));
        device
    }

    /// Its factor's SID.
    pub(crate) fn sid(&self) -> &str {
        self.factor["sid"].as_str().unwrap()
    }

    /// Asks for its challenges with a token of its own, and returns the status.
    pub(crate) fn ask(&self, server: &Process) -> u16 {
        server.send("GET", &self.challenges(), &self.token(), "").0
    }

    /// Where its challenges are.
    pub(crate) fn challenges(&self) -> String {
        let challenges = self.factors.replace("/Factors", "/Challenges");
        format!("{challenges}?FactorSid={}&Status=pending", self.sid())
    }

    /// Its credentials for a request now.
    pub(crate) fn token(&self) -> BasicAuth {
        let credential = self.factor["config"]["credential_sid"].as_str().unwrap();
        let account = self.factor["account_sid"].as_str().unwrap();
        let input = device_jwt::signing_input(credential, account, SystemClock.now());
        BasicAuth::device(jws::assemble(&input, &self.sign(input.as_bytes())))
    }

    /// Fetches a challenge and answers it, and returns the status, or nothing if the server went away meanwhile.
    pub(crate) fn answer(&self, address: &str, challenge: &str, decision: Decision) -> Option<u16> {
        let (head, body) = self.try_to_send(address, "GET", challenge, "")?;
        let header = format!("{}: ", FIELDS_HEADER.to_ascii_lowercase());
        let fields = head.lines().find_map(|line| {
            let found = line.to_ascii_lowercase().starts_with(&header);
            found.then(|| line[header.len()..].to_owned())
        })?;
        let fields = SignatureFields::parse(&fields).unwrap();
        let members = Members::parse(body.as_bytes()).ok()?;
        let input = challenge_response::signing_input(&members, &fields, &decision.into()).unwrap();
        let answer = jws::assemble(&input, &self.sign(input.as_bytes()));
        let answer = form(&[("AuthPayload", &answer)]);
        let (head, _) = self.try_to_send(address, "POST", challenge, &answer)?;
        head.get(9..12)?.parse().ok()
    }

    fn try_to_send(&self, address: &str, method: &str, path: &str, body: &str) -> Option<(String, String)> {
        let mut stream = TcpStream::connect(address).ok()?;
        try_exchange(&mut stream, method, path, &self.token(), body).ok()
    }

    fn sign(&self, message: &[u8]) -> Signature {
        let signature: p256::ecdsa::Signature = self.key.sign(message);
        Signature::from_raw(signature.to_bytes().into())
    }
}
