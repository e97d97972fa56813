"""What every topic here talks to: our server through the vendor's library, and a Countersign device.

The library is one of those from PyPI as it is. Only the address that it calls is set, as its users would set it.
"""

import base64
import datetime
import json
import os
import secrets
import unittest
import urllib.error
import urllib.request

import twilio
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client


def given(name):
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(
            f"{name} is not set: these tests are started by `cargo xtask test conformance`"
        )
    return value


LIBRARY = given("COUNTERSIGN_LIBRARY")
if twilio.__version__ != LIBRARY:
    raise RuntimeError(f"this is twilio {twilio.__version__}, not {LIBRARY}")

SERVER_URL = given("COUNTERSIGN_SERVER_URL")
ACCOUNT_SID = given("COUNTERSIGN_ACCOUNT_SID")
AUTH_TOKEN = given("COUNTERSIGN_AUTH_TOKEN")
API_KEY_SID = given("COUNTERSIGN_API_KEY_SID")
API_KEY_SECRET = given("COUNTERSIGN_API_KEY_SECRET")
DEVICE_URL = given("COUNTERSIGN_DEVICE_URL")

# Where the versions of the library differ, as far as anything here depends on it. Every version has every resource
# and every operation; 7.17.0 has no asynchronous client, which came with 8.
HAS_ASYNC_CLIENT = LIBRARY != "7.17.0"
# Renamed in 9.13.0, because the library's own objects have a version, too.
WEBHOOK_VERSION = "resource_version" if LIBRARY == "9.13.0" else "version"

# Everything here is on this computer, whatever proxy the environment names.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def make_client(sid=ACCOUNT_SID, token=AUTH_TOKEN, **options):
    """The vendor's client for our account, or for other credentials."""
    client = Client(sid, token, **options)
    client.verify.base_url = SERVER_URL
    return client


CLIENT = make_client()


def create_service(friendly_name="Acme", **settings):
    """A new service, so that no test sees what another one made."""
    return CLIENT.verify.v2.services.create(friendly_name=friendly_name, **settings)


def service(sid):
    """The service's resources, as the library addresses them."""
    return CLIENT.verify.v2.services(sid)


def make_identity():
    """An identity that nobody has used before."""
    return f"person-{secrets.token_hex(6)}"


def ask_device(path, body):
    request = urllib.request.Request(
        DEVICE_URL + path,
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with _DIRECT.open(request) as answer:
        return json.load(answer)


def enrol_device(service_sid, identity):
    """Lets the Countersign device enrol with an access token, as a backend would hand it over."""
    token = service(service_sid).access_tokens.create(
        identity=identity, factor_type="push", ttl=300
    )
    handed_over = {
        "token": token.token,
        "serviceSid": service_sid,
        "identity": identity,
        "factorType": "push",
    }
    return ask_device("/enrol", handed_over)["factorSid"]


def decide(challenge_sid, decision):
    """Lets the person at the device decide: "approved" or "denied"."""
    return ask_device("/decide", {"challengeSid": challenge_sid, "decision": decision})


def advance_clock(seconds):
    """Moves the clock of the server and of the device."""
    ask_device("/clock", {"seconds": seconds})


def now():
    """What the clock of the server shows."""
    shown = ask_device("/clock", {"seconds": 0})["now"]
    return datetime.datetime.fromisoformat(shown)


def basic_auth(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def send(method, url, authorization, form=None):
    """One request without the library: status, headers and JSON, also of a refusal."""
    request = urllib.request.Request(
        url, method=method, data=None if form is None else form.encode()
    )
    request.add_header("authorization", authorization)
    request.add_header("content-type", "application/x-www-form-urlencoded")
    try:
        answer = _DIRECT.open(request)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        body = answer.read()
    return answer.status, answer.headers, json.loads(body) if body else None


class Key:
    """A P-256 key with what the wire needs of it, made by Python's cryptography and by nothing of ours."""

    def __init__(self):
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self):
        encoded = self._key.public_key().public_bytes(
            serialization.Encoding.DER,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        return base64.b64encode(encoded).decode()

    def der(self, text):
        """DER in base64, as the verification of a factor has it."""
        return base64.b64encode(self._sign(text.encode())).decode()

    def jws(self, header, payload):
        """A compact JWS with r and s behind each other."""
        signed = f"{_part(header)}.{_part(payload)}"
        r, s = utils.decode_dss_signature(self._sign(signed.encode()))
        return f"{signed}.{_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def _sign(self, message):
        return self._key.sign(message, ec.ECDSA(hashes.SHA256()))


def _part(value):
    return _base64url(json.dumps(value).encode())


def _base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def push(key, **changed):
    """What a push factor is made of."""
    return {
        "friendly_name": "A phone",
        "factor_type": "push",
        "binding_alg": "ES256",
        "binding_public_key": key.public_key,
        "config_app_id": "com.example.app",
        "config_notification_platform": "none",
        "config_sdk_version": "1.0.0",
        **changed,
    }


def create_factor(service_sid, identity, key=None):
    """A verified factor whose key this test holds."""
    key = key or Key()
    entity = service(service_sid).entities(identity)
    factor = entity.new_factors.create(**push(key))
    entity.factors(factor.sid).update(auth_payload=key.der(factor.sid))
    return factor


def to_be_signed(challenge):
    """What an answer to a challenge has to cover: the fields that the server names, with their values as it sends them."""
    _, headers, values = send("GET", challenge.url, basic_auth(ACCOUNT_SID, AUTH_TOKEN))
    return {name: values[name] for name in headers["Twilio-Verify-Signature-Fields"].split(",")}


class Topic(unittest.TestCase):
    """What the tests of every topic may say."""

    def assert_refused(self, status, code, request, *arguments, **named):
        """Expects that the library raises what its users catch; returns it."""
        with self.assertRaises(TwilioRestException) as caught:
            request(*arguments, **named)
        self.assertEqual(caught.exception.status, status, caught.exception.msg)
        if code is not None:
            self.assertEqual(caught.exception.code, code, caught.exception.msg)
        return caught.exception


def sids(items):
    return [item.sid for item in items]
