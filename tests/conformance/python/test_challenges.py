import datetime
import urllib.parse

from world import (
    SERVER_URL,
    Key,
    Topic,
    advance_clock,
    create_factor,
    create_service,
    decide,
    enrol_device,
    make_identity,
    now,
    service,
    sids,
    to_be_signed,
)


class Person:
    """A person with an enrolled Countersign device, and what the library needs to ask them."""

    def __init__(self):
        self.service_sid = create_service().sid
        self.identity = make_identity()
        self.factor_sid = enrol_device(self.service_sid, self.identity)
        self.challenges = service(self.service_sid).entities(self.identity).challenges

    def ask(self, **changed):
        asked = {"factor_sid": self.factor_sid, "details_message": "Sign in?", **changed}
        return self.challenges.create(**asked)


class Challenges(Topic):
    def test_a_challenge_carries_what_it_was_created_with(self):
        person = Person()
        expiration_date = now().replace(microsecond=0) + datetime.timedelta(minutes=10)
        fields = [
            {"label": "Amount", "value": "12,50 €"},
            {"label": "To", "value": 'Müller & Söhne = "best" + more'},
        ]
        hidden = {"ip": "203.0.113.7", "transaction_id": "a/b+c"}
        created = person.ask(
            details_message="Pay 12,50 € to Müller & Söhne?",
            details_fields=fields,
            hidden_details=hidden,
            expiration_date=expiration_date,
        )
        self.assertRegex(created.sid, "^YC[0-9a-f]{32}$")
        self.assertEqual((created.status, created.responded_reason), ("pending", "none"))
        self.assertEqual(created.identity, person.identity)
        self.assertEqual((created.factor_sid, created.factor_type), (person.factor_sid, "push"))
        self.assertEqual(created.expiration_date.replace(tzinfo=datetime.UTC), expiration_date)
        self.assertIsNone(created.date_responded)
        entity = f"{SERVER_URL}/v2/Services/{person.service_sid}/Entities/{person.identity}"
        self.assertEqual(created.url, f"{entity}/Challenges/{created.sid}")

        read = person.challenges(created.sid).fetch()
        message = "Pay 12,50 € to Müller & Söhne?"
        self.assertEqual(read.details, {"message": message, "fields": fields})
        self.assertEqual(read.hidden_details, hidden)

    def test_the_library_reads_what_the_person_at_the_device_decided(self):
        person = Person()
        for decision in ("approved", "denied"):
            with self.subTest(decision):
                sid = person.ask().sid
                self.assertEqual(decide(sid, decision)["status"], decision)
                answered = person.challenges(sid).fetch()
                self.assertEqual(answered.status, decision)
                self.assertIsInstance(answered.date_responded, datetime.datetime)

    def test_the_library_reads_expired_once_the_time_is_over_and_the_lists_agree(self):
        person = Person()
        sid = person.ask().sid
        advance_clock(301)
        self.assertEqual(person.challenges(sid).fetch().status, "expired")
        self.assertEqual(sids(person.challenges.list(status="expired")), [sid])
        self.assertEqual(person.challenges.list(status="pending"), [])

    def test_five_challenges_come_in_pages_of_two_in_the_order_asked_for(self):
        person = Person()
        made = []
        for _ in range(5):
            made.append(person.ask().sid)
            advance_clock(1)
        challenges = person.challenges
        self.assertEqual(sids(challenges.list(page_size=2)), made)
        self.assertEqual(sids(challenges.list(page_size=2, order="desc")), made[::-1])
        self.assertEqual(sids(challenges.list(page_size=2, limit=3)), made[:3])
        filtered = challenges.stream(
            factor_sid=person.factor_sid, status="pending", order="desc", page_size=2
        )
        self.assertEqual(sids(filtered), made[::-1])

    def test_pages_lead_on_and_back_and_keep_the_filters(self):
        person = Person()
        made = [person.ask().sid for _ in range(5)]
        decide(made[1], "denied")
        filters = {"FactorSid": person.factor_sid, "Status": "pending", "Order": "desc"}
        first = person.challenges.page(
            factor_sid=person.factor_sid, status="pending", order="desc", page_size=2
        )
        address = urllib.parse.urlsplit(first.next_page_url)
        self.assertEqual(f"{address.scheme}://{address.netloc}", SERVER_URL)
        query = dict(urllib.parse.parse_qsl(address.query))
        self.assertEqual({**query, **filters, "PageSize": "2"}, query)
        on = first.next_page_url
        self.assertEqual(sids(first), [made[4], made[3]])
        second = first.next_page()
        self.assertIsNone(second.next_page())
        back = second.previous_page()
        self.assertEqual(sids(second), [made[2], made[0]])
        self.assertEqual(sids(back), [made[4], made[3]])
        self.assertEqual(sids(person.challenges.get_page(on)), [made[2], made[0]])

    def test_an_answer_made_by_pythons_cryptography_is_accepted_and_only_once(self):
        sid = create_service().sid
        identity = make_identity()
        key = Key()
        factor = create_factor(sid, identity, key)
        challenges = service(sid).entities(identity).challenges
        created = challenges.create(
            factor_sid=factor.sid, details_message="Sign in?", hidden_details={"ip": "203.0.113.7"}
        )
        payload = to_be_signed(created)
        challenge = challenges(created.sid)

        def answer(signer=key, **changed):
            header = {"typ": "JWT", "alg": "ES256"}
            return signer.jws(header, {**payload, "status": "approved", **changed})

        other = {**payload["details"], "message": "Something else"}
        for wrong in (answer(details=other), answer(hidden_details=None), answer(Key())):
            self.assert_refused(403, 60324, challenge.update, auth_payload=wrong)
        for wrong in ("not-a-jws", answer(status="expired"), answer(status="pending")):
            with self.assertRaisesRegex(Exception, "HTTP (400|403)"):
                challenge.update(auth_payload=wrong)
        self.assertEqual(challenge.fetch().status, "pending")

        self.assertEqual(challenge.update(auth_payload=answer()).status, "approved")
        self.assert_refused(403, 60322, challenge.update, auth_payload=answer(status="denied"))
        self.assertEqual(challenge.fetch().status, "approved")

    def test_metadata_is_kept_with_a_challenge(self):
        person = Person()
        sid = person.ask().sid
        updated = person.challenges(sid).update(metadata={"os": "Linux"})
        self.assertEqual((updated.metadata, updated.status), ({"os": "Linux"}, "pending"))
