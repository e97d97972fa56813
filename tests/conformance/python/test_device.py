"""A device written from the documents of the protocol alone, in Python, against the wire."""

import urllib.parse

from world import (
    SERVER_URL,
    Key,
    Topic,
    basic_auth,
    create_service,
    make_identity,
    now,
    send,
    service,
)


class Phone:
    def __init__(self, service_sid, identity):
        self.entity = f"{SERVER_URL}/v2/Services/{service_sid}/Entities/{identity}"
        self.key = Key()
        self.factor = None

    def enrol(self, token):
        form = {
            "FriendlyName": "Zoë's phone",
            "FactorType": "push",
            "Binding.PublicKey": self.key.public_key,
            "Binding.Alg": "ES256",
            "Config.SdkVersion": "0.9.0",
            "Config.AppId": "com.example.app",
            "Config.NotificationPlatform": "none",
        }
        answer = self._send("POST", "/Factors", token, form)
        self.factor = answer[2]
        return answer

    def jwt(self, skew=0):
        nbf = int(now().timestamp()) + skew
        header = {
            "cty": "twilio-pba;v=1",
            "kid": self.factor["config"]["credential_sid"],
            "typ": "JWT",
            "alg": "ES256",
        }
        claims = {"sub": self.factor["account_sid"], "exp": nbf + 600, "nbf": nbf}
        return self.key.jws(header, claims)

    def request(self, method, path, form=None, skew=0):
        return self._send(method, path, self.jwt(skew), form)

    def verify(self):
        proof = {"AuthPayload": self.key.der(self.factor["sid"])}
        return self.request("POST", f"/Factors/{self.factor['sid']}", proof)

    def answer(self, sid, status):
        _, headers, challenge = self.request("GET", f"/Challenges/{sid}")
        names = headers["Twilio-Verify-Signature-Fields"].split(",")
        payload = {**{name: challenge[name] for name in names}, "status": status}
        signed = self.key.jws({"typ": "JWT", "alg": "ES256"}, payload)
        return self.request("POST", f"/Challenges/{sid}", {"AuthPayload": signed})

    def _send(self, method, path, secret, form):
        body = None if form is None else urllib.parse.urlencode(form)
        return send(method, self.entity + path, basic_auth("token", secret), body)


class Device(Topic):
    def setUp(self):
        self.service_sid = create_service().sid
        self.identity = make_identity()
        token = service(self.service_sid).access_tokens.create(
            identity=self.identity, factor_type="push", ttl=300
        )
        self.phone = Phone(self.service_sid, self.identity)
        self.created = self.phone.enrol(token.token)

    def test_a_phone_enrols_reads_and_answers(self):
        status, _, factor = self.created
        self.assertEqual((status, factor["status"]), (201, "unverified"))
        self.assertEqual(self.phone.verify()[2]["status"], "verified")
        challenges = service(self.service_sid).entities(self.identity).challenges
        for decision in ("approved", "denied"):
            asked = challenges.create(factor_sid=factor["sid"], details_message="Sign in to a/b?")
            listed = self.phone.request(
                "GET", f"/Challenges?FactorSid={factor['sid']}&Status=pending&PageSize=20"
            )
            self.assertEqual([item["sid"] for item in listed[2]["challenges"]], [asked.sid])
            self.assertEqual(self.phone.answer(asked.sid, decision)[0], 200)
            self.assertEqual(challenges(asked.sid).fetch().status, decision)

    def test_a_wrong_clock_is_refused_with_the_servers_date(self):
        self.phone.verify()
        for skew in (7200, -7200):
            status, headers, _ = self.phone.request("GET", "/Challenges", skew=skew)
            self.assertEqual(status, 401)
            self.assertRegex(headers["Date"], r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
        self.assertEqual(self.phone.request("GET", "/Challenges")[0], 200)

    def test_a_phone_that_was_deleted_is_told_so_by_a_401(self):
        path = f"/Factors/{self.phone.factor['sid']}"
        self.assertEqual(self.phone.request("DELETE", path)[0], 204)
        self.assertEqual(self.phone.request("DELETE", path)[0], 401)
