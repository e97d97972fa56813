//! S-01: only genuine answers count, and only those whom the device itself sends.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use countersign_protocol::{
    basic_auth::BasicAuth, challenge_response::Decision, device_jwt, form::Form, keys::Signature,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{Dice, times};
use crate::tests::{Device, IDENTITY, Reply, World, payload};

/// The order of P-256.
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// A compact JWS, and all that can be made of it.
struct Genuine {
    header: String,
    payload: String,
    signature: Vec<u8>,
}

impl Genuine {
    fn take_apart(compact: &str) -> Self {
        let parts: Vec<_> = compact
            .split('.')
            .map(|part| Base64UrlUnpadded::decode_vec(part).unwrap())
            .collect();
        let text = |part: &[u8]| String::from_utf8(part.to_vec()).unwrap();
        Self {
            header: text(&parts[0]),
            payload: text(&parts[1]),
            signature: parts[2].clone(),
        }
    }

    fn compact(&self) -> String {
        compact(self.header.as_bytes(), self.payload.as_bytes(), &self.signature)
    }

    /// With one bit of one part another.
    fn flipped(&self, dice: &mut Dice) -> String {
        let mut parts = [
            self.header.clone().into_bytes(),
            self.payload.clone().into_bytes(),
            self.signature.clone(),
        ];
        let part = &mut parts[dice.below(3)];
        let at = dice.below(part.len());
        part[at] ^= 1 << dice.below(8);
        compact(&parts[0], &parts[1], &parts[2])
    }

    /// With numbers that no signature has, or in the other encoding of signatures.
    fn with_odd_signatures(&self) -> Vec<String> {
        let order: Vec<u8> = (0..32)
            .map(|at| u8::from_str_radix(&ORDER[2 * at..2 * at + 2], 16).unwrap())
            .collect();
        let (r, s) = self.signature.split_at(32);
        let zero = [0; 32];
        let raw = Signature::from_raw_slice(&self.signature).unwrap();
        [
            [&zero, s].concat(),
            [r, &zero].concat(),
            [zero, zero].concat(),
            [&order, s].concat(),
            [r, &order].concat(),
            [&order[..], &order].concat(),
            raw.to_der().unwrap(),
            [&self.signature[..], &[0]].concat(),
            self.signature[..63].to_vec(),
            vec![],
        ]
        .iter()
        .map(|signature| compact(self.header.as_bytes(), self.payload.as_bytes(), signature))
        .collect()
    }

    /// With another algorithm, among them a MAC under what everybody knows.
    fn with_other_algorithms(&self, device: &Device) -> Vec<String> {
        let header = |alg: &str| self.header.replace("ES256", alg);
        let mut forged: Vec<_> = ["none", "None", "RS256", "ES384", "EdDSA", "es256", ""]
            .iter()
            .flat_map(|alg| {
                [&[][..], &self.signature]
                    .map(|signature| compact(header(alg).as_bytes(), self.payload.as_bytes(), signature))
            })
            .collect();
        let key = device.public_key();
        for known in [key.to_binding().into_bytes(), key.to_sec1_bytes().to_vec()] {
            let unsigned = compact(header("HS256").as_bytes(), self.payload.as_bytes(), &[]);
            let mut mac = Hmac::<Sha256>::new_from_slice(&known).unwrap();
            mac.update(unsigned.trim_end_matches('.').as_bytes());
            let tag = Base64UrlUnpadded::encode_string(&mac.finalize().into_bytes());
            forged.push(format!("{unsigned}{tag}"));
        }
        forged
    }

    /// With what no header may say, even if the right key signs it.
    fn with_other_headers(&self, device: &Device) -> Vec<String> {
        let more = |member: &str| self.header.replacen('{', &format!("{{{member},"), 1);
        [
            r#""crit":["exp"]"#,
            r#""b64":false"#,
            r#""zip":"DEF""#,
            r#""jwk":{"kty":"EC"}"#,
            r#""jku":"https://evil.example/keys""#,
            r#""x5c":[]"#,
            r#""alg":"none""#,
        ]
        .iter()
        .map(|member| sealed(device, &more(member), &self.payload))
        .collect()
    }

    /// Written in another way.
    fn written_otherwise(&self) -> Vec<String> {
        let compact = self.compact();
        let inner = compact.replace('.', "~");
        vec![
            format!("{compact}="),
            format!("{compact}.{compact}"),
            format!(".{compact}"),
            format!(" {compact}"),
            format!("{compact}\n"),
            compact.replace('.', ".."),
            inner,
            compact.rsplit_once('.').unwrap().0.to_owned(),
            format!("{compact}{}", "A".repeat(20 * 1024)),
            "A".repeat(1024 * 1024),
            "..".to_owned(),
        ]
    }
}

fn compact(header: &[u8], payload: &[u8], signature: &[u8]) -> String {
    [header, payload, signature]
        .map(Base64UrlUnpadded::encode_string)
        .join(".")
}

fn sealed(device: &Device, header: &str, payload: &str) -> String {
    device.seal(&countersign_protocol::jws::signing_input(header, payload))
}

/// The JWS of an answer.
fn answer(device: &Device, challenge: &Reply, decision: Decision) -> String {
    let form = Form::parse(device.answer(challenge, decision).as_bytes()).unwrap();
    form.pairs().next().unwrap().1.to_owned()
}

/// The same key at another tenant, which may have it sign anything, and a challenge there.
async fn enrolled_elsewhere(world: &World, phone: &Device) -> (Device, Reply) {
    let stranger = world.make_account(0xbb).await;
    let post = async |path: &str, body: &str| world.send("POST", path, &stranger, body).await;
    let service = post("/v2/Services", "FriendlyName=Theirs").await.expect(201);
    let entity = format!(
        "/v2/Services/{}/Entities/{IDENTITY}",
        service["sid"].as_str().unwrap()
    );
    let mut twin = phone.clone();
    twin.factor = post(&format!("{entity}/Factors"), &twin.creation())
        .await
        .expect(201);
    let path = format!("{entity}/Factors/{}", twin.sid());
    post(&path, &twin.proof()).await.expect(200);
    let question = format!("FactorSid={}&Details.Message=Sign+in%3F", twin.sid());
    let asked = post(&format!("{entity}/Challenges"), &question).await.expect(201);
    let path = format!("{entity}/Challenges/{}", asked["sid"].as_str().unwrap());
    let challenge = world.send("GET", &path, &twin.auth(world.now()), "").await;
    (twin, challenge)
}

/// What is attacked: a challenge of a phone, and what an attacker may have got hold of.
struct Scene {
    world: World,
    phone: Device,
    challenge: Reply,
    genuine: Genuine,
    token: Genuine,
    /// Genuine, and of something else.
    foreign: Vec<String>,
    foreign_tokens: Vec<String>,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
        let (challenge, earlier) = (world.challenge(&phone).await, world.challenge(&phone).await);
        let of_laptop = world.challenge(&laptop).await;
        let (twin, of_twin) = enrolled_elsewhere(&world, &phone).await;
        let token = |device: &Device| BasicAuth::parse(&device.auth(world.now())).unwrap().password;
        let access = BasicAuth::parse(&world.access_token("user-0009").await).unwrap();
        let foreign = vec![
            answer(&laptop, &of_laptop, Decision::Approved),
            answer(&laptop, &challenge, Decision::Approved),
            answer(&phone, &earlier, Decision::Approved),
            answer(&phone, &of_laptop, Decision::Approved),
            answer(&phone.forger(), &challenge, Decision::Approved),
            answer(&twin, &of_twin, Decision::Approved),
            token(&phone),
        ];
        let foreign_tokens = vec![
            token(&laptop),
            token(&twin),
            token(&phone.forger()),
            access.password,
            answer(&phone, &challenge, Decision::Approved),
            String::new(),
        ];
        Self {
            genuine: Genuine::take_apart(&answer(&phone, &challenge, Decision::Approved)),
            token: Genuine::take_apart(&token(&phone)),
            world,
            phone,
            challenge,
            foreign,
            foreign_tokens,
        }
    }

    /// Payloads that the key itself signed, and that say something else.
    fn other_payloads(&self) -> Vec<String> {
        let (header, payload) = (&self.genuine.header, &self.genuine.payload);
        let twice = payload.replacen('{', r#"{"status":"denied","#, 1);
        let nested = format!(r#"{{"payload":"{}"}}"#, self.genuine.compact());
        [
            twice,
            nested,
            payload.replace("Sign in?", "Sign in!"),
            payload.replace(r#""approved""#, r#""pending""#),
            payload.replace(r#""approved""#, r#"["approved"]"#),
            payload.replace("192.0.2.1", "192.0.2.2"),
            "{}".to_owned(),
            "[]".to_owned(),
            format!("[{payload}]"),
        ]
        .iter()
        .map(|payload| sealed(&self.phone, header, payload))
        .collect()
    }

    /// Tokens that the key itself signed, and that claim what does not hold.
    fn other_claims(&self) -> Vec<String> {
        let now = self.world.now().as_second();
        let (header, payload) = (&self.token.header, &self.token.payload);
        let kid = self.phone.factor["config"]["credential_sid"].as_str().unwrap();
        let headers = [
            header.replace(kid, &format!("CR{}", "0".repeat(32))),
            header.replace(kid, ""),
            header.replace(&format!(r#""kid":"{kid}","#), ""),
            header.replacen('{', &format!(r#"{{"kid":"{kid}","#), 1),
            header.replace(device_jwt::CONTENT_TYPE, "twilio-fpa;v=1"),
            header.replace(&format!(r#""cty":"{}","#, device_jwt::CONTENT_TYPE), ""),
        ];
        let claims = [
            (now - 721, now - 121),
            (now + 121, now + 600),
            (now, now + 601),
            (now, now),
        ]
        .map(|(nbf, exp)| format!(r#"{{"sub":"{}","exp":{exp},"nbf":{nbf}}}"#, self.world.account));
        let others = [
            payload.replace(self.world.account.as_str(), &format!("AC{}", "0".repeat(32))),
            payload.replace(r#""nbf""#, r#""iat""#),
            payload.replace(r#""exp":"#, r#""exp":"1","x":"#),
            payload.replacen('{', r#"{"exp":9999999999,"#, 1),
            format!("[{payload}]"),
        ];
        let of_headers = headers.iter().map(|header| sealed(&self.phone, header, payload));
        let of_claims = claims.iter().chain(&others);
        of_headers
            .chain(of_claims.map(|claims| sealed(&self.phone, header, claims)))
            .collect()
    }

    /// The forgeries of which there is one of each kind.
    fn singular(&self, genuine: &Genuine) -> Vec<String> {
        let mut forged = genuine.with_odd_signatures();
        forged.extend(genuine.with_other_algorithms(&self.phone));
        forged.extend(genuine.with_other_headers(&self.phone));
        forged.extend(genuine.written_otherwise());
        forged.push(sealed(&self.phone.forger(), &genuine.header, &genuine.payload));
        forged
    }

    /// One of the forgeries of which there are any number.
    fn random(genuine: &Genuine, dice: &mut Dice) -> String {
        match dice.below(4) {
            0 => {
                let signature = dice.bytes(64);
                compact(genuine.header.as_bytes(), genuine.payload.as_bytes(), &signature)
            }
            1 => {
                let (header, payload, signature) = (dice.bytes(40), dice.bytes(90), dice.bytes(64));
                compact(&header, &payload, &signature)
            }
            _ => genuine.flipped(dice),
        }
    }

    async fn answer(&self, auth: &str, body: &str) -> Reply {
        let sid = self.challenge.json()["sid"].as_str().unwrap().to_owned();
        let path = self.world.at(&format!("/Challenges/{sid}"));
        self.world.send("POST", &path, auth, body).await
    }
}

#[tokio::test]
async fn no_forgery_is_taken_for_an_answer_or_for_a_device() {
    let scene = Scene::new().await;
    let mut dice = Dice(1);
    let mut answers = scene.singular(&scene.genuine);
    answers.extend(scene.other_payloads());
    answers.extend(scene.foreign.iter().cloned());
    let mut tokens = scene.singular(&scene.token);
    tokens.extend(scene.other_claims());
    tokens.extend(scene.foreign_tokens.iter().cloned());
    while answers.len() < times(1000) {
        answers.push(Scene::random(&scene.genuine, &mut dice));
    }
    while tokens.len() < times(1000) {
        tokens.push(Scene::random(&scene.token, &mut dice));
    }

    let auth = scene.phone.auth(scene.world.now());
    let genuine = payload(&scene.genuine.compact());
    let before = scene.world.app.store.changed_rows();
    let mut accepted = Vec::new();
    let mut failures = 0;
    for (forged, of_token) in [(&answers, false), (&tokens, true)] {
        for forged in forged {
            let reply = if of_token {
                let auth = BasicAuth::device(forged.as_str()).to_header();
                scene.answer(&auth, &genuine).await
            } else {
                scene.answer(&auth, &payload(forged)).await
            };
            if reply.status.is_success() {
                accepted.push(forged);
            }
            failures += usize::from(reply.status.is_server_error());
        }
    }
    let changed = scene.world.app.store.changed_rows() - before;
    println!(
        "S-01 forged answers: {} and {} forged tokens, {} accepted, {failures} failures, {changed} rows changed",
        answers.len(),
        tokens.len(),
        accepted.len()
    );
    assert!(accepted.is_empty(), "{accepted:#?}");
    assert_eq!((failures, changed), (0, 0));
    let sid = scene.challenge.json()["sid"].as_str().unwrap().to_owned();
    let left = scene.world.fetch(&scene.phone, &sid).await;
    assert_eq!(left.text, scene.challenge.text);
    assert_eq!(
        scene.answer(&auth, &genuine).await.expect(200)["status"],
        "approved"
    );
}
