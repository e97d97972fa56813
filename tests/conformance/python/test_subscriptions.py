from world import (
    CLIENT,
    WEBHOOK_VERSION,
    Topic,
    create_factor,
    create_service,
    make_identity,
    service,
)


class Webhooks(Topic):
    def test_a_webhook_is_created_read_changed_listed_and_deleted(self):
        webhooks = service(create_service().sid).webhooks
        url = "https://example.com/hook?a=1&b=x%20y"
        events = ["challenge.approved", "challenge.denied"]
        created = webhooks.create(friendly_name="Approvals", event_types=events, webhook_url=url)
        self.assertRegex(created.sid, "^YW[0-9a-f]{32}$")
        self.assertEqual((created.event_types, created.webhook_url), (events, url))
        self.assertEqual((created.status, created.version), ("enabled", "v2"))
        self.assertEqual(created.webhook_method, "POST")

        webhook = webhooks(created.sid)
        changed = webhook.update(status="disabled", event_types=["*"], **{WEBHOOK_VERSION: "v1"})
        self.assertEqual((changed.status, changed.version), ("disabled", "v1"))
        self.assertEqual(changed.event_types, ["*"])
        self.assertEqual(webhook.fetch().friendly_name, "Approvals")

        for name in ("Two", "Three"):
            webhooks.create(
                friendly_name=name, event_types=["*"], webhook_url="https://example.com/"
            )
        names = [item.friendly_name for item in webhooks.list(page_size=2)]
        self.assertCountEqual(names, ["Approvals", "Two", "Three"])
        self.assertIs(webhook.delete(), True)
        self.assert_refused(404, 20404, webhook.fetch)

    def test_events_that_there_are_not_and_addresses_that_are_none_are_refused(self):
        webhooks = service(create_service().sid).webhooks
        good = {
            "friendly_name": "Hook",
            "event_types": ["*"],
            "webhook_url": "https://example.com/",
        }
        for changed in (
            {"event_types": ["challenge.forgotten"]},
            {"webhook_url": "nonsense"},
            {"friendly_name": ""},
        ):
            with self.subTest(changed):
                self.assert_refused(400, None, webhooks.create, **{**good, **changed})
        self.assertEqual(webhooks.list(), [])


class Notifications(Topic):
    def setUp(self):
        sid = create_service().sid
        identity = make_identity()
        factor = create_factor(sid, identity)
        entity = service(sid).entities(identity)
        self.factor = entity.factors(factor.sid)
        self.asked = entity.challenges.create(factor_sid=factor.sid, details_message="Sign in?")
        self.notifications = entity.challenges(self.asked.sid).notifications

    def test_a_push_cannot_be_sent_again_to_a_device_that_polls(self):
        self.assert_refused(400, 60307, self.notifications.create)

    def test_a_push_is_sent_again_three_times_and_no_more(self):
        self.factor.update(config_notification_platform="fcm", config_notification_token="t" * 32)
        for given, ttl in (({}, 300), ({"ttl": 0}, 0), ({"ttl": 60}, 60)):
            sent = self.notifications.create(**given)
            self.assertRegex(sent.sid, "^NT[0-9a-f]{32}$")
            self.assertEqual((sent.challenge_sid, sent.priority), (self.asked.sid, "high"))
            self.assertEqual(sent.ttl, ttl)
        self.assert_refused(429, 60309, self.notifications.create)


class Forms(Topic):
    def test_the_form_of_a_push_factor_is_described(self):
        form = CLIENT.verify.v2.forms("form-push").fetch()
        self.assertEqual(form.form_type, "form-push")
        self.assertTrue(form.forms["create_challenge"])
