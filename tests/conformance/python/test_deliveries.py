"""Webhooks as they arrive at a receiver that checks them with the vendor's library."""

import http.server
import queue
import threading
import urllib.parse

from twilio.request_validator import RequestValidator
from world import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    Topic,
    create_service,
    decide,
    enrol_device,
    make_identity,
    service,
)


class Receiver(http.server.ThreadingHTTPServer):
    """Receives webhooks until the test is over."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Reception)
        self.arrived = queue.Queue()
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def next(self):
        return self.arrived.get()

    def close(self):
        self.shutdown()
        self.server_close()


class _Reception(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        params = dict(urllib.parse.parse_qsl(body))
        self.server.arrived.put((self.path, params, self.headers["X-Twilio-Signature"]))

    def log_message(self, *_):
        """What arrives is checked, not printed."""


class Deliveries(Topic):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.service_sid = create_service().sid
        self.identity = make_identity()
        self.told = set()

    def subscribe(self, events, url):
        service(self.service_sid).webhooks.create(
            friendly_name="Hook", event_types=events, webhook_url=url
        )
        self.url = url

    def hear(self):
        path, params, signature = self.receiver.next()
        self.assertEqual(self.receiver.origin + path, self.url)
        validator = RequestValidator(AUTH_TOKEN)
        self.assertTrue(validator.validate(self.url, params, signature), params["type"])
        changed = {**params, "entity_identity": "another"}
        self.assertFalse(validator.validate(self.url, changed, signature))
        self.assertEqual(
            (params["account_sid"], params["service_sid"], params["entity_identity"]),
            (ACCOUNT_SID, self.service_sid, self.identity),
        )
        self.assertNotIn(params["uuid"], self.told, "every event once")
        self.told.add(params["uuid"])
        return params

    def test_what_happens_is_told_with_a_signature_that_the_vendor_accepts(self):
        self.subscribe(["*"], f"{self.receiver.origin}/hook?a=1&b=x%20y")
        factor_sid = enrol_device(self.service_sid, self.identity)
        for event in ("factor.created", "factor.verified"):
            params = self.hear()
            self.assertEqual((params["type"], params["factor_sid"]), (event, factor_sid))
        entity = service(self.service_sid).entities(self.identity)
        for decision in ("approved", "denied"):
            asked = entity.challenges.create(factor_sid=factor_sid, details_message="Sign in?")
            decide(asked.sid, decision)
            params = self.hear()
            self.assertEqual(params["type"], f"challenge.{decision}")
            self.assertEqual(params["challenge_sid"], asked.sid)
        entity.factors(factor_sid).delete()
        self.assertEqual(self.hear()["type"], "factor.deleted")

    def test_a_receiver_is_told_of_what_it_asked_for_and_of_nothing_else(self):
        self.subscribe(["challenge.denied"], f"{self.receiver.origin}/denials")
        factor_sid = enrol_device(self.service_sid, self.identity)
        challenges = service(self.service_sid).entities(self.identity).challenges
        for decision in ("approved", "denied"):
            asked = challenges.create(factor_sid=factor_sid, details_message="Sign in?")
            decide(asked.sid, decision)
        self.assertEqual(self.hear()["type"], "challenge.denied")
        self.assertTrue(self.receiver.arrived.empty())
