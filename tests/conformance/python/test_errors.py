import datetime

from twilio.base.exceptions import TwilioException
from world import (
    ACCOUNT_SID,
    Key,
    Topic,
    advance_clock,
    create_factor,
    create_service,
    make_client,
    make_identity,
    now,
    push,
    service,
    to_be_signed,
)


def nobody(prefix):
    return prefix + "0" * 32


class Refusals(Topic):
    def test_what_is_not_there_is_said_with_its_path(self):
        missing = nobody("VA")
        refused = self.assert_refused(404, 20404, service(missing).fetch)
        self.assertIn(f"/Services/{missing} was not found", refused.msg)
        sid = create_service().sid
        identity = make_identity()
        challenge = service(sid).entities(identity).challenges(nobody("YC"))
        refused = self.assert_refused(404, 20404, challenge.fetch)
        path = f"/Services/{sid}/Entities/{identity}/Challenges/{nobody('YC')}"
        # The library puts its own words before the server's.
        self.assertTrue(
            refused.msg.endswith(f"The requested resource {path} was not found"), refused.msg
        )

    def test_wrong_credentials_and_another_account_are_told_apart_from_nothing(self):
        sid = create_service().sid
        for account in (ACCOUNT_SID, nobody("AC")):
            stranger = make_client(account, "0" * 32).verify.v2.services(sid)
            self.assert_refused(401, 20003, stranger.fetch)

    def test_a_missing_parameter_is_named_in_the_vendors_words(self):
        sid = create_service().sid
        identity = make_identity()
        factor = create_factor(sid, identity)
        create = service(sid).entities(identity).challenges.create
        refused = self.assert_refused(400, 20001, create, factor_sid=factor.sid)
        self.assertIn("Missing required parameter Details.Message in the post body", refused.msg)

    def test_an_unverified_factor_an_answer_too_late_and_details_too_long_have_their_own_codes(
        self,
    ):
        entity = service(create_service().sid).entities(make_identity())
        key = Key()
        factor = entity.new_factors.create(**push(key))
        good = {"factor_sid": factor.sid, "details_message": "Sign in?"}
        self.assert_refused(403, 60318, entity.challenges.create, **good)
        entity.factors(factor.sid).update(auth_payload=key.der(factor.sid))

        asked = entity.challenges.create(**good)
        payload = {**to_be_signed(asked), "status": "approved"}
        answer = key.jws({"typ": "JWT", "alg": "ES256"}, payload)
        advance_clock(301)
        late = entity.challenges(asked.sid)
        self.assert_refused(403, 60323, late.update, auth_payload=answer)

        line = {"label": "x", "value": "y"}
        for changed in (
            {"details_message": "x" * 257},
            {"details_fields": [{**line, "label": "x" * 37}]},
            {"details_fields": [{"label": "x"}]},
            {"details_fields": [line] * 21},
            {"hidden_details": {"long": "x" * 1025}},
            {"hidden_details": {"number": 7}},
            {"expiration_date": now() + datetime.timedelta(seconds=3700)},
            {"expiration_date": datetime.datetime(2015, 7, 30, 20)},
        ):
            with self.subTest(str(changed)[:60]):
                refused = self.assert_refused(
                    400, None, entity.challenges.create, **{**good, **changed}
                )
                self.assertGreaterEqual(refused.code, 20001)
        self.assertEqual(len(entity.challenges.list()), 1)

    def test_page_sizes_and_page_tokens_that_cannot_be_are_refused(self):
        sid = create_service().sid
        identity = make_identity()
        create_factor(sid, identity)
        challenges = service(sid).entities(identity).challenges
        for changed in ({"page_size": 0}, {"page_size": 1001}, {"page_token": "nonsense"}):
            with self.subTest(changed):
                # The library reads no refusal of a page; it hands over the whole answer.
                with self.assertRaisesRegex(TwilioException, "Unable to fetch page") as caught:
                    challenges.page(**changed)
                _, answer = caught.exception.args
                self.assertEqual(answer.status_code, 400)
