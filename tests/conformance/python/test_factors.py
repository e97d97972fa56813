import base64

from world import (
    Key,
    Topic,
    create_factor,
    create_service,
    make_identity,
    push,
    service,
    sids,
)


class Factors(Topic):
    def test_a_factor_is_created_verified_with_its_keys_signature_renamed_and_deleted(self):
        identity = make_identity()
        entity = service(create_service().sid).entities(identity)
        key = Key()
        created = entity.new_factors.create(**push(key, metadata={"os": "Linux"}))
        self.assertRegex(created.sid, "^YF[0-9a-f]{32}$")
        self.assertEqual((created.status, created.identity), ("unverified", identity))
        self.assertEqual(created.binding, {"alg": "ES256", "public_key": key.public_key})
        self.assertRegex(created.config["credential_sid"], "^CR[0-9a-f]{32}$")
        self.assertEqual(created.config["notification_platform"], "none")
        self.assertEqual(created.metadata, {"os": "Linux"})

        factor = entity.factors(created.sid)
        self.assertEqual(factor.update(auth_payload=key.der(created.sid)).status, "verified")
        self.assertEqual(factor.update(friendly_name="Zoë's phone + tablet").status, "verified")
        read = factor.fetch()
        self.assertEqual((read.friendly_name, read.status), ("Zoë's phone + tablet", "verified"))

        self.assertIs(factor.delete(), True)
        self.assert_refused(404, None, factor.fetch)

    def test_a_signature_by_another_key_verifies_no_factor(self):
        entity = service(create_service().sid).entities(make_identity())
        created = entity.new_factors.create(**push(Key()))
        factor = entity.factors(created.sid)
        self.assert_refused(403, 60311, factor.update, auth_payload=Key().der(created.sid))
        self.assertEqual(factor.fetch().status, "unverified")

    def test_the_same_key_makes_no_second_factor(self):
        entity = service(create_service().sid).entities(make_identity())
        key = Key()
        entity.new_factors.create(**push(key))
        self.assert_refused(409, 60317, entity.new_factors.create, **push(key))

    def test_a_binding_that_is_no_p256_key_is_refused(self):
        entity = service(create_service().sid).entities(make_identity())
        nonsense = base64.b64encode(b"test_key").decode()
        self.assert_refused(
            400, None, entity.new_factors.create, **push(Key(), binding_public_key=nonsense)
        )
        self.assert_refused(404, None, entity.fetch)

    def test_factors_are_listed_over_pages_each_once(self):
        sid = create_service().sid
        identity = make_identity()
        made = [create_factor(sid, identity).sid for _ in range(5)]
        factors = service(sid).entities(identity).factors
        self.assertCountEqual(sids(factors.list(page_size=2)), made)
        self.assertCountEqual(sids(factors.stream(page_size=2)), made)
        self.assertEqual(len(sids(factors.page(page_size=2))), 2)
