import assert from "node:assert/strict";
import test from "node:test";

import {
    accountSid,
    apiKeySecret,
    apiKeySid,
    decide,
    enrolDevice,
    makeIdentity,
    refusal,
    serverUrl,
    twilio,
} from "./world.mjs";

/** The vendor's client with an API key in place of the account's auth token. */
function makeClient(secret = apiKeySecret) {
    const client = twilio(apiKeySid, secret, { accountSid });
    client.verify.baseUrl = serverUrl;
    return client;
}

test("an API key asks a person and reads the answer", async () => {
    const services = makeClient().verify.v2.services;
    const { sid, accountSid: owner } = await services.create({
        friendlyName: "Acme",
    });
    assert.equal(owner, accountSid);
    const identity = makeIdentity();
    const factorSid = await enrolDevice(sid, identity, makeClient());
    const entity = makeClient().verify.v2.services(sid).entities(identity);
    const asked = await entity.challenges.create({
        factorSid,
        "details.message": "Sign in?",
    });
    await decide(asked.sid, "approved");
    const read = await entity.challenges(asked.sid).fetch();
    assert.equal(read.status, "approved");
    assert.equal(await entity.factors(factorSid).remove(), true);
    assert.equal(await services(sid).remove(), true);
});

test("an API key with another secret opens nothing", async () => {
    const wrong = makeClient("0".repeat(64)).verify.v2.services.list();
    const error = await refusal(wrong);
    assert.deepEqual([error.status, error.code], [401, 20003]);
});
