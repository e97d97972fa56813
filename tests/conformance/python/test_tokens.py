import base64
import json

from world import (
    ACCOUNT_SID,
    SERVER_URL,
    Topic,
    create_service,
    enrol_device,
    make_identity,
    service,
)


class AccessTokens(Topic):
    def test_an_access_token_is_created_and_read_again_by_its_sid(self):
        sid = create_service().sid
        identity = make_identity()
        created = service(sid).access_tokens.create(
            identity=identity, factor_type="push", factor_friendly_name="A laptop", ttl=300
        )
        self.assertRegex(created.sid, "^YK[0-9a-f]{32}$")
        self.assertEqual(created.account_sid, ACCOUNT_SID)
        self.assertEqual(created.service_sid, sid)
        self.assertEqual(created.entity_identity, identity)
        self.assertEqual(created.factor_type, "push")
        self.assertEqual(created.factor_friendly_name, "A laptop")
        self.assertEqual(created.ttl, 300)
        self.assertEqual(created.url, f"{SERVER_URL}/v2/Services/{sid}/AccessTokens/{created.sid}")
        read = service(sid).access_tokens(created.sid).fetch()
        self.assertEqual(read.token, created.token)

    def test_the_token_looks_like_the_vendors(self):
        sid = create_service().sid
        created = service(sid).access_tokens.create(identity=make_identity(), factor_type="push")
        parts = created.token.split(".")
        self.assertEqual(len(parts), 5)
        self.assertEqual(parts[1], "")
        header = json.loads(base64.urlsafe_b64decode(parts[0] + "=="))
        self.assertEqual(
            (header["alg"], header["enc"], header["cty"]), ("dir", "A256GCM", "twilio-fpa;v=1")
        )
        self.assertEqual(created.ttl, 60)

    def test_a_life_or_a_type_that_tokens_cannot_have_is_refused(self):
        sid = create_service().sid
        good = {"identity": make_identity(), "factor_type": "push"}
        for changed in (
            {"ttl": 59},
            {"ttl": 301},
            {"factor_type": "totp"},
            {"identity": "short"},
        ):
            with self.subTest(changed):
                create = service(sid).access_tokens.create
                self.assert_refused(400, None, create, **{**good, **changed})

    def test_a_device_enrols_with_the_token_that_the_library_created(self):
        sid = create_service().sid
        identity = make_identity()
        factor_sid = enrol_device(sid, identity)
        factor = service(sid).entities(identity).factors(factor_sid).fetch()
        self.assertEqual((factor.status, factor.factor_type), ("verified", "push"))
