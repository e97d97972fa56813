//! A person signs in with the codes of an authenticator that is not ours: `oathtool`, from the OATH Toolkit, is told
//! nothing but the address in the QR code.

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use countersign_protocol::clock::Clock as _;
use countersign_protocol::form::Form;
use countersign_tests::World;
use countersign_tests::world::ada;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::Value;
use url::Url;

/// What somebody else's authenticator has read from the QR code.
struct Oathtool {
    settings: HashMap<String, String>,
}

impl Oathtool {
    fn scan(uri: &str) -> Self {
        let uri = Url::parse(uri).unwrap();
        assert_eq!((uri.scheme(), uri.host_str()), ("otpauth", Some("totp")));
        Self {
            settings: uri.query_pairs().into_owned().collect(),
        }
    }

    fn code(&self, now: Timestamp) -> String {
        let of = |name: &str| self.settings[name].as_str();
        let mut program = Command::new("oathtool")
            .arg(format!("--totp={}", of("algorithm").to_lowercase()))
            .args(["--base32", "--digits", of("digits")])
            .arg(format!("--time-step-size={}s", of("period")))
            .arg(format!("--now={} UTC", now.strftime("%Y-%m-%d %H:%M:%S")))
            .arg("-")
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("oathtool is installed: apt-get install oathtool");
        let mut input = program.stdin.take().unwrap();
        writeln!(input, "{}", of("secret")).unwrap();
        drop(input);
        let said = program.wait_with_output().unwrap();
        assert!(said.status.success());
        String::from_utf8(said.stdout).unwrap().trim().to_owned()
    }
}

async fn post(world: &World, below: &str, parameters: &[(&str, &str)]) -> Value {
    let form: Form = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let path = world.tenant.path(&format!("/Entities/{}{below}", ada()));
    let answer = world.tenant.account.send(Method::POST, &path, &form).await;
    answer.unwrap()
}

/// A factor, and the authenticator that it was shown to.
async fn enrol(world: &World, parameters: &[(&str, &str)]) -> (String, Oathtool) {
    let plain = [("FactorType", "totp"), ("FriendlyName", "Ada’s account: “work”")];
    let factor = post(world, "/Factors", &[&plain, parameters].concat()).await;
    let sid = factor["sid"].as_str().unwrap().to_owned();
    let authenticator = Oathtool::scan(factor["binding"]["uri"].as_str().unwrap());
    assert_eq!(authenticator.settings["secret"], factor["binding"]["secret"]);
    (sid, authenticator)
}

async fn verify(world: &World, factor: &str, code: &str) -> Value {
    let path = format!("/Factors/{factor}");
    post(world, &path, &[("AuthPayload", code)]).await["status"].clone()
}

async fn sign_in(world: &World, factor: &str, code: &str) -> Value {
    let parameters = [("FactorSid", factor), ("AuthPayload", code)];
    post(world, "/Challenges", &parameters).await["status"].clone()
}

#[tokio::test]
async fn a_code_of_any_authenticator_signs_in_once_and_stays_used_when_the_server_restarts() {
    let mut world = World::start().await;
    let (device, _) = world.enrolled(&ada()).await;
    let (factor, authenticator) = enrol(&world, &[]).await;
    let code = authenticator.code(world.clock.now());
    assert_eq!(verify(&world, &factor, "000000").await, "unverified");
    assert_eq!(verify(&world, &factor, &code).await, "verified");
    assert_eq!(
        sign_in(&world, &factor, &code).await,
        "pending",
        "the code that verifies signs nobody in"
    );

    world.advance(SignedDuration::from_secs(30));
    let code = authenticator.code(world.clock.now());
    assert_eq!(sign_in(&world, &factor, &code).await, "approved");
    world.restart_server().await;
    assert_eq!(
        sign_in(&world, &factor, &code).await,
        "pending",
        "a code that was used stays used"
    );
    world.advance(SignedDuration::from_secs(30));
    let code = authenticator.code(world.clock.now());
    assert_eq!(sign_in(&world, &factor, &code).await, "approved");

    device.authenticator.check_now().await;
    let inbox = device.authenticator.inbox().await.unwrap();
    assert!(inbox.requests.is_empty(), "a device is not asked for codes");
}

#[tokio::test]
async fn every_hash_length_and_step_is_as_others_have_it() {
    let world = World::start().await;
    for alg in ["sha1", "sha256", "sha512"] {
        for (length, step) in [("6", "30"), ("7", "20"), ("8", "60")] {
            let config = [
                ("Config.Alg", alg),
                ("Config.CodeLength", length),
                ("Config.TimeStep", step),
                ("Config.Skew", "0"),
            ];
            let (factor, authenticator) = enrol(&world, &config).await;
            let code = authenticator.code(world.clock.now());
            assert_eq!(code.len().to_string(), length);
            assert_eq!(
                verify(&world, &factor, &code).await,
                "verified",
                "{alg}, {length} digits, {step} s"
            );
            world.advance(SignedDuration::from_secs(60));
        }
    }
}
