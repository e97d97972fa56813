"""The asynchronous client of the library, which has every operation a second time."""

import unittest

from world import (
    HAS_ASYNC_CLIENT,
    LIBRARY,
    WEBHOOK_VERSION,
    Key,
    make_client,
    make_identity,
    push,
    sids,
    to_be_signed,
)

if HAS_ASYNC_CLIENT:
    from twilio.base.exceptions import TwilioRestException
    from twilio.http.async_http_client import AsyncTwilioHttpClient


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        http = AsyncTwilioHttpClient()
        self.addAsyncCleanup(http.close)
        self.client = make_client(http_client=http)
        self.services = self.client.verify.v2.services
        created = await self.services.create_async(friendly_name="Acme")
        self.service = self.services(created.sid)
        self.identity = make_identity()
        self.entity = self.service.entities(self.identity)

    async def test_services_entities_and_tokens(self):
        changed = await self.service.update_async(friendly_name="Acme & Sons")
        self.assertEqual((await self.service.fetch_async()).friendly_name, changed.friendly_name)
        self.assertIn(changed.sid, sids(await self.services.list_async(page_size=2)))

        token = await self.service.access_tokens.create_async(
            identity=self.identity, factor_type="push"
        )
        read = await self.service.access_tokens(token.sid).fetch_async()
        self.assertEqual(read.token, token.token)

        entity = await self.service.entities.create_async(identity=self.identity)
        self.assertEqual((await self.entity.fetch_async()).sid, entity.sid)
        self.assertEqual(sids(await self.service.entities.list_async()), [entity.sid])
        self.assertIs(await self.entity.delete_async(), True)
        self.assertIs(await self.service.delete_async(), True)
        with self.assertRaises(TwilioRestException) as caught:
            await self.service.fetch_async()
        self.assertEqual((caught.exception.status, caught.exception.code), (404, 20404))

    async def test_factors_challenges_and_pages(self):
        key = Key()
        created = await self.entity.new_factors.create_async(**push(key))
        factor = self.entity.factors(created.sid)
        verified = await factor.update_async(auth_payload=key.der(created.sid))
        self.assertEqual(verified.status, "verified")
        self.assertEqual(sids(await self.entity.factors.list_async()), [created.sid])

        challenges = self.entity.challenges
        made = []
        for _ in range(5):
            asked = await challenges.create_async(
                factor_sid=created.sid, details_message="Sign in?"
            )
            made.append(asked.sid)
        self.assertEqual(sids(await challenges.list_async(page_size=2, order="desc")), made[::-1])
        streamed = [item.sid async for item in await challenges.stream_async(page_size=2)]
        self.assertEqual(streamed, made)
        first = await challenges.page_async(page_size=2)
        self.assertEqual(sids(await first.next_page_async()), made[2:4])
        on = await challenges.get_page_async(first.next_page_url)
        self.assertEqual(sids(on), made[2:4])

        payload = {**to_be_signed(asked), "status": "denied"}
        answer = key.jws({"typ": "JWT", "alg": "ES256"}, payload)
        answered = await challenges(asked.sid).update_async(auth_payload=answer)
        self.assertEqual(answered.status, "denied")
        self.assertEqual((await challenges(asked.sid).fetch_async()).status, "denied")
        with self.assertRaises(TwilioRestException) as caught:
            await challenges(made[0]).notifications.create_async()
        self.assertEqual((caught.exception.status, caught.exception.code), (400, 60307))
        self.assertIs(await factor.delete_async(), True)

    async def test_webhooks_and_forms(self):
        webhooks = self.service.webhooks
        created = await webhooks.create_async(
            friendly_name="Hook", event_types=["*"], webhook_url="https://example.com/hook"
        )
        changed = await webhooks(created.sid).update_async(**{WEBHOOK_VERSION: "v1"})
        self.assertEqual(changed.version, "v1")
        self.assertEqual((await webhooks(created.sid).fetch_async()).version, "v1")
        self.assertEqual(sids(await webhooks.list_async()), [created.sid])
        self.assertIs(await webhooks(created.sid).delete_async(), True)
        form = await self.client.verify.v2.forms("form-push").fetch_async()
        self.assertEqual(form.form_type, "form-push")


def load_tests(_loader, tests, _pattern):
    if HAS_ASYNC_CLIENT:
        return tests
    print(f"twilio {LIBRARY} has no asynchronous client: test_async.py is left out")
    return unittest.TestSuite()
