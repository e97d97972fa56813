"""The vendor's validator and what our own code signed."""

import json
import os
import unittest

from twilio.request_validator import RequestValidator

# `{ authToken, forms: [{ url, params, signature }], bodies: [{ url, body, signature }] }`
SIGNED = json.loads(os.environ["COUNTERSIGN_WEBHOOKS"])


class Validator(unittest.TestCase):
    def setUp(self):
        self.validator = RequestValidator(SIGNED["authToken"])

    def test_the_validator_accepts_the_signature_of_every_form(self):
        self.assertGreater(len(SIGNED["forms"]), 3)
        for webhook in SIGNED["forms"]:
            url, params, signature = webhook["url"], webhook["params"], webhook["signature"]
            with self.subTest(url):
                self.assertTrue(self.validator.validate(url, params, signature))
                self.assertFalse(RequestValidator("another").validate(url, params, signature))
                changed = {**params, "type": "x"}
                self.assertFalse(self.validator.validate(url, changed, signature))
                self.assertFalse(self.validator.validate(f"{url}x", params, signature))

    def test_the_validator_accepts_the_signature_of_every_json_body(self):
        self.assertGreater(len(SIGNED["bodies"]), 1)
        for webhook in SIGNED["bodies"]:
            url, body, signature = webhook["url"], webhook["body"], webhook["signature"]
            with self.subTest(url):
                self.assertTrue(self.validator.validate(url, body, signature))
                self.assertFalse(self.validator.validate(url, body + " ", signature))
