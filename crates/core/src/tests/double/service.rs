//! What the double does when it behaves: the part of a Verify service that a device sees.

use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{self, Decision, SignatureFields},
    clock::Clock,
    date,
    device_jwt::DeviceJwt,
    form::Form,
    json::Members,
    keys::{PublicKey, Signature},
    report::Report,
    sid::{ChallengeSid, FactorSid},
};
use serde_json::{Value, json};

use super::{ACCOUNT, Asked, DoubleFactor, IDENTITY, SERVICE, Said, State, TOKEN};

impl State {
    pub(super) fn usual(&mut self, asked: &Asked) -> Said {
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        if path == countersign_protocol::discovery::PATH {
            return self.discover();
        }
        if let Some(sid) = path.strip_prefix("/countersign/v1/challenges/") {
            return self.take_report(sid.trim_end_matches("/reports"), asked);
        }
        let prefix = format!("/v2/Services/{SERVICE}/Entities/{IDENTITY}/");
        let Some(rest) = path.strip_prefix(&prefix) else {
            return Said::error(404, 20404);
        };
        let Some(auth) = asked
            .headers
            .get("authorization")
            .and_then(|header| BasicAuth::parse(header))
        else {
            return Said::error(401, 20003);
        };
        let form = Form::parse(asked.body.as_bytes()).unwrap();
        if (asked.method.as_str(), rest) == ("POST", "Factors") {
            return self.create_factor(&auth, &form);
        }
        let Some(caller) = self.authenticate(&auth) else {
            return Said::error(401, 20101);
        };
        match (asked.method.as_str(), rest.split_once('/')) {
            ("POST", Some(("Factors", sid))) => self.update_factor(&caller, sid, &form),
            ("DELETE", Some(("Factors", sid))) if caller.as_str() == sid => {
                self.factors.remove(&caller);
                Said::reply(204, "")
            }
            ("GET", None) if rest == "Challenges" => self.list_or_hold(&caller, query, asked),
            ("GET", Some(("Challenges", sid))) => self.show(&caller, sid),
            ("POST", Some(("Challenges", sid))) => self.respond(&caller, sid, &form),
            _ => Said::error(404, 20404),
        }
    }

    fn authenticate(&self, auth: &BasicAuth) -> Option<FactorSid> {
        let jwt = DeviceJwt::parse(&auth.password).ok()?;
        let (sid, factor) = self
            .factors
            .iter()
            .find(|(_, factor)| factor.credential_sid == jwt.kid)?;
        jwt.verify(&factor.key, ACCOUNT, self.clock.now()).ok()?;
        Some(sid.clone())
    }

    fn create_factor(&mut self, auth: &BasicAuth, form: &Form) -> Said {
        if auth.password != TOKEN {
            return Said::error(401, 20104);
        }
        let one = |name| form.one(name).unwrap().unwrap().to_owned();
        assert_eq!(one("Config.NotificationPlatform"), "none");
        let random = self.next();
        let sid = FactorSid::from_random(random);
        let factor = DoubleFactor {
            key: PublicKey::from_binding(&one("Binding.PublicKey")).unwrap(),
            credential_sid: format!("CR{:032x}", u128::from_be_bytes(random)),
            verified: false,
        };
        let body = self.factor_body(&sid, &factor, &one("FriendlyName"));
        self.factors.insert(sid, factor);
        Said::reply(201, body)
    }

    fn update_factor(&mut self, caller: &FactorSid, sid: &str, form: &Form) -> Said {
        if caller.as_str() != sid {
            return Said::error(404, 20404);
        }
        let mut factor = self.factors[caller].clone();
        if let Some(proof) = form.one("AuthPayload").unwrap() {
            let proof = Signature::from_factor_proof(proof).unwrap();
            if !factor.key.verify(sid.as_bytes(), &proof) {
                return Said::error(403, 60311);
            }
            factor.verified = true;
            self.factors.insert(caller.clone(), factor.clone());
        }
        let name = form
            .one("FriendlyName")
            .unwrap()
            .unwrap_or("a computer")
            .to_owned();
        Said::reply(200, self.factor_body(caller, &factor, &name))
    }

    fn factor_body(&self, sid: &FactorSid, factor: &DoubleFactor, name: &str) -> String {
        let status = if factor.verified { "verified" } else { "unverified" };
        json!({"sid": sid, "account_sid": ACCOUNT, "friendly_name": name, "status": status,
               "date_created": date::format(self.clock.now()), "factor_type": "push",
               "config": {"credential_sid": factor.credential_sid, "notification_platform": "none"}})
        .to_string()
    }

    /// The challenge as it is served: a pending one whose time is over reads expired.
    fn served(&self, sid: &ChallengeSid) -> Value {
        let mut challenge = self.challenges[sid].clone();
        let expires = date::parse(challenge["expiration_date"].as_str().unwrap()).unwrap();
        if challenge["status"] == "pending" && expires <= self.clock.now() {
            challenge["status"] = "expired".into();
        }
        challenge
    }

    pub(super) fn list(&self, caller: &FactorSid, query: &str) -> Said {
        let query = Form::parse(query.as_bytes()).unwrap();
        let one = |name| query.one(name).unwrap().map(str::to_owned);
        let size: usize = one("PageSize").unwrap().parse().unwrap();
        let start: usize = one("PageToken").map_or(0, |token| token.parse().unwrap());
        let mut all: Vec<Value> = self.challenges.keys().map(|sid| self.served(sid)).collect();
        all.retain(|it| it["factor_sid"] == caller.as_str());
        all.retain(|it| one("Status").is_none_or(|status| it["status"] == status));
        if one("Order").as_deref() == Some("desc") {
            all.reverse();
        }
        let url = |token: usize| format!("http://double/?PageSize={size}&PageToken={token}");
        let meta = json!({
            "page": start / size, "page_size": size, "key": "challenges",
            "previous_page_url": (start > 0).then(|| url(start.saturating_sub(size))),
            "next_page_url": (start + size < all.len()).then(|| url(start + size)),
        });
        let page: Vec<_> = all.into_iter().skip(start).take(size).collect();
        Said::reply(200, json!({"challenges": page, "meta": meta}).to_string())
    }

    fn show(&self, caller: &FactorSid, sid: &str) -> Said {
        let sid: ChallengeSid = sid.parse().unwrap();
        if self
            .challenges
            .get(&sid)
            .is_none_or(|it| it["factor_sid"] != caller.as_str())
        {
            return Said::error(404, 20404);
        }
        let body = self.served(&sid).to_string();
        Said::reply(200, body).with("Twilio-Verify-Signature-Fields", self.fields.clone())
    }

    fn respond(&mut self, caller: &FactorSid, sid: &str, form: &Form) -> Said {
        let sid: ChallengeSid = sid.parse().unwrap();
        let served = self.served(&sid);
        match served["status"].as_str().unwrap() {
            "pending" => {}
            "expired" => return Said::error(403, 60323),
            _ => return Said::error(403, 60322),
        }
        let answer = form.one("AuthPayload").unwrap().unwrap();
        let members = Members::parse(served.to_string().as_bytes()).unwrap();
        let fields = SignatureFields::parse(&self.fields).unwrap();
        let key = self.factors[caller].key;
        let Ok(response) = challenge_response::verify(answer, &members, &fields, &key) else {
            return Said::error(403, 60324);
        };
        let mut status = response.decision;
        if let Some((number, wrong)) = self.numbers.get_mut(&sid)
            && response.decision == Decision::Approved
            && response.number.is_none_or(|typed| typed.expose() != number)
        {
            *wrong += 1;
            if *wrong < 3 {
                return Said::error(400, 160_390);
            }
            status = Decision::Denied;
        }
        let now = date::format(self.clock.now());
        let challenge = self.challenges.get_mut(&sid).unwrap();
        challenge["status"] = status.as_str().into();
        challenge["date_updated"] = now.clone().into();
        challenge["date_responded"] = now.into();
        if status == response.decision {
            self.answers.push((sid.clone(), answer.to_owned()));
            Said::reply(200, challenge.to_string())
        } else {
            Said::error(400, 160_390)
        }
    }

    fn take_report(&mut self, sid: &str, asked: &Asked) -> Said {
        let auth = asked.headers.get("authorization");
        let caller = auth
            .and_then(|header| BasicAuth::parse(header))
            .and_then(|auth| self.authenticate(&auth));
        let Some(caller) = caller else {
            return Said::error(401, 20101);
        };
        let sid: ChallengeSid = sid.parse().unwrap();
        let denied = self
            .challenges
            .get(&sid)
            .is_some_and(|it| it["factor_sid"] == caller.as_str() && it["status"] == "denied");
        let Some(reports) = &mut self.reports else {
            return Said::error(404, 20404);
        };
        if !denied {
            return Said::error(409, 160_392);
        }
        if reports.iter().any(|report| report.sid == sid) {
            return Said::error(409, 160_393);
        }
        let form = Form::parse(asked.body.as_bytes()).unwrap();
        let signed = form.one("AuthPayload").unwrap().unwrap();
        match Report::verify(signed, &sid, &caller, &self.factors[&caller].key) {
            Ok(report) => {
                reports.push(report);
                Said::reply(201, "{}")
            }
            Err(_) => Said::error(403, 60324),
        }
    }
}
