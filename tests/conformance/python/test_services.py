import datetime

from world import ACCOUNT_SID, CLIENT, SERVER_URL, Topic, create_service, service, sids


class Services(Topic):
    def test_a_service_is_created_read_changed_and_deleted(self):
        created = create_service(push_include_date=True, totp_issuer="Acme", totp_time_step=60)
        self.assertRegex(created.sid, "^VA[0-9a-f]{32}$")
        self.assertEqual(created.account_sid, ACCOUNT_SID)
        self.assertEqual(created.friendly_name, "Acme")
        self.assertIs(created.push["include_date"], True)
        self.assertEqual(created.totp["time_step"], 60)
        self.assertEqual(created.url, f"{SERVER_URL}/v2/Services/{created.sid}")
        self.assertEqual(created.links["entities"], f"{created.url}/Entities")
        self.assertIsInstance(created.date_created, datetime.datetime)

        changed = service(created.sid).update(friendly_name="Acme & Sons", code_length=6)
        self.assertEqual(changed.friendly_name, "Acme & Sons")
        self.assertEqual(changed.totp["time_step"], 60)
        self.assertEqual(service(created.sid).fetch().friendly_name, "Acme & Sons")

        self.assertIs(service(created.sid).delete(), True)
        self.assert_refused(404, 20404, service(created.sid).fetch)

    def test_services_are_listed_over_pages(self):
        made = [create_service(name).sid for name in ("One", "Two", "Three")]
        services = CLIENT.verify.v2.services
        listed = sids(services.list(page_size=2))
        for sid in made:
            self.assertEqual(listed.count(sid), 1)
        self.assertEqual(sids(services.stream(page_size=2)), listed)
        self.assertEqual(len(services.list(limit=2)), 2)

    def test_what_a_service_may_not_be_called_is_said_with_its_parameter(self):
        refused = self.assert_refused(400, None, create_service, "x" * 33)
        self.assertIn("FriendlyName", refused.msg)
