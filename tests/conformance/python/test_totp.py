"""Factors with codes, whose secret an authenticator of any make reads from the address that the server gives it."""

import base64
import hashlib
import hmac
import urllib.parse

from world import (
    Topic,
    advance_clock,
    create_service,
    make_identity,
    now,
    service,
    sids,
)


class Authenticator:
    """An authenticator as RFC 6238 has it, set up with nothing but an `otpauth://` address."""

    def __init__(self, uri):
        self.uri = urllib.parse.urlsplit(uri)
        self.query = dict(urllib.parse.parse_qsl(self.uri.query))
        secret = self.query["secret"]
        self.secret = base64.b32decode(secret + "=" * (-len(secret) % 8))
        self.hash = getattr(hashlib, self.query["algorithm"].lower())
        self.digits = int(self.query["digits"])
        self.period = int(self.query["period"])

    def code(self, steps=0):
        """The code that it shows so many steps from now."""
        counter = int(now().timestamp()) // self.period + steps
        digest = hmac.new(self.secret, counter.to_bytes(8, "big"), self.hash).digest()
        offset = digest[-1] & 15
        number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
        return str(number % 10**self.digits).zfill(self.digits)

    def wrong_code(self):
        """A code that it shows neither now nor in the steps around."""
        shown = [self.code(steps) for steps in range(-2, 3)]
        candidates = (str(number).zfill(self.digits) for number in range(10))
        return next(code for code in candidates if code not in shown)

    def next_code(self):
        """The next code, since each is taken once only."""
        advance_clock(self.period)
        return self.code()


class Person:
    """A person and an authenticator that is set up, but not verified yet."""

    def __init__(self, settings=None, **changed):
        sid = create_service(**(settings or {})).sid
        entity = service(sid).entities(make_identity())
        made = {"friendly_name": "Zoë's account", "factor_type": "totp", **changed}
        self.created = entity.new_factors.create(**made)
        self.factor = entity.factors(self.created.sid)
        self.challenges = entity.challenges
        self.authenticator = Authenticator(self.created.binding["uri"])

    def verify(self):
        return self.factor.update(auth_payload=self.authenticator.code()).status

    def ask(self, **more):
        return self.challenges.create(factor_sid=self.created.sid, **more)


class Totp(Topic):
    def test_a_factor_with_codes_shows_its_secret_once_in_an_address_that_authenticators_read(self):
        person = Person()
        created, uri = person.created, person.authenticator.uri
        self.assertEqual((created.factor_type, created.status), ("totp", "unverified"))
        defaults = {"alg": "sha1", "skew": 1, "code_length": 6, "time_step": 30}
        self.assertEqual(created.config, defaults)
        self.assertEqual((uri.scheme, uri.netloc), ("otpauth", "totp"))
        self.assertEqual(urllib.parse.unquote(uri.path), "/Acme:Zoë's account")
        self.assertEqual(person.authenticator.query["secret"], created.binding["secret"])
        self.assertEqual(person.authenticator.query["issuer"], "Acme")
        self.assertFalse(hasattr(person.factor.fetch(), "binding"))

    def test_a_wrong_code_leaves_a_factor_unverified_and_the_right_one_verifies_it(self):
        person = Person()
        wrong = person.factor.update(auth_payload=person.authenticator.wrong_code())
        self.assertEqual(wrong.status, "unverified")
        self.assertEqual(person.verify(), "verified")
        self.assertEqual(person.factor.fetch().status, "verified")

    def test_secret_hash_length_and_step_may_be_chosen_for_a_factor_or_for_all_of_a_service(self):
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        chosen = Person(
            binding_secret=secret,
            config_alg="sha256",
            config_code_length=8,
            config_time_step=60,
            config_skew=0,
        )
        self.assertEqual(chosen.created.binding["secret"], secret)
        settings = {"issuer": "Acme & Sons", "code_length": 7, "time_step": 45, "skew": 2}
        inherited = Person({f"totp_{name}": value for name, value in settings.items()})
        config = {"alg": "sha1", "skew": 2, "code_length": 7, "time_step": 45}
        self.assertEqual(inherited.created.config, config)
        self.assertEqual(inherited.authenticator.query["issuer"], "Acme & Sons")
        for person in (chosen, inherited):
            self.assertEqual(person.verify(), "verified")

    def test_a_challenge_with_the_right_code_is_approved_as_it_is_created(self):
        person = Person()
        person.verify()
        code = person.authenticator.next_code()
        challenge = person.ask(auth_payload=code)
        self.assertEqual((challenge.status, challenge.factor_type), ("approved", "totp"))
        self.assertIsNotNone(challenge.date_responded)
        again = person.ask(auth_payload=code)
        self.assertEqual(again.status, "pending", "a code is taken once")
        self.assertEqual(sids(person.challenges.list(status="approved")), [challenge.sid])
        self.assertEqual(sids(person.challenges.list(status="pending")), [again.sid])

    def test_a_challenge_with_a_wrong_code_waits_for_the_right_one_and_not_for_ever(self):
        person = Person()
        person.verify()
        code = person.authenticator.next_code()
        wrong = person.authenticator.wrong_code()
        asked = person.ask(auth_payload=wrong)
        self.assertEqual(asked.status, "pending")
        challenge = person.challenges(asked.sid)
        self.assertEqual(challenge.update(auth_payload=wrong).status, "pending")
        self.assertEqual(challenge.update(auth_payload=code).status, "approved")
        self.assertEqual(challenge.fetch().status, "approved")
        self.assert_refused(403, 60322, challenge.update, auth_payload=code)

        another = person.challenges(person.ask().sid)
        for _ in range(5):
            another.update(auth_payload=wrong)
        self.assert_refused(429, 60308, another.update, auth_payload=wrong)

    def test_an_authenticator_that_is_not_verified_answers_nothing(self):
        person = Person()
        self.assert_refused(403, 60318, person.ask, auth_payload=person.authenticator.code())
