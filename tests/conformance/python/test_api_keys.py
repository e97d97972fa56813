"""API keys in place of the account's auth token."""

from world import (
    ACCOUNT_SID,
    API_KEY_SECRET,
    API_KEY_SID,
    Topic,
    create_service,
    decide,
    enrol_device,
    make_client,
    make_identity,
)


class ApiKeys(Topic):
    def test_an_api_key_asks_a_person_and_reads_the_answer(self):
        client = make_client(API_KEY_SID, API_KEY_SECRET, account_sid=ACCOUNT_SID)
        sid = create_service().sid
        identity = make_identity()
        factor = enrol_device(sid, identity)
        entity = client.verify.v2.services(sid).entities(identity)
        asked = entity.challenges.create(factor_sid=factor, details_message="Sign in?")
        decide(asked.sid, "approved")
        self.assertEqual(entity.challenges(asked.sid).fetch().status, "approved")
        self.assertTrue(client.verify.v2.services(sid).delete())

    def test_an_api_key_with_another_secret_opens_nothing(self):
        wrong = make_client(API_KEY_SID, "0" * 64, account_sid=ACCOUNT_SID)
        fetch = wrong.verify.v2.services(create_service().sid).fetch
        self.assert_refused(401, 20003, fetch)
