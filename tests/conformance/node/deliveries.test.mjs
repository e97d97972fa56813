// Webhooks as they arrive at a receiver that checks them with the vendor's library.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";

import {
    accountSid,
    authToken,
    createService,
    decide,
    enrolDevice,
    makeIdentity,
    service,
    twilio,
} from "./world.mjs";

/** Receives webhooks until the test is over. */
async function openReceiver(t) {
    const waiting = [];
    const arrived = [];
    const server = createServer((request, response) => {
        const chunks = [];
        request.on("data", (chunk) => chunks.push(chunk));
        request.on("end", () => {
            const params = Object.fromEntries(
                new URLSearchParams(Buffer.concat(chunks).toString()),
            );
            const webhook = {
                params,
                path: request.url,
                headers: request.headers,
            };
            response.end();
            if (waiting.length > 0) waiting.shift()(webhook);
            else arrived.push(webhook);
        });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        next: () =>
            arrived.length > 0
                ? arrived.shift()
                : new Promise((resolve) => waiting.push(resolve)),
    };
}

test("what happens to factors and challenges is told with a signature that the vendor accepts", async (t) => {
    const receiver = await openReceiver(t);
    const { sid } = await createService();
    const url = `${receiver.origin}/hook?a=1&b=x%20y`;
    await service(sid).webhooks.create({
        friendlyName: "All",
        eventTypes: ["*"],
        webhookUrl: url,
    });
    const identity = makeIdentity();
    const told = [];
    const hear = async () => {
        const { params, path, headers } = await receiver.next();
        assert.equal(`${receiver.origin}${path}`, url);
        const signature = headers["x-twilio-signature"];
        assert.ok(
            twilio.validateRequest(authToken, signature, url, params),
            `the signature of ${params.type}`,
        );
        assert.ok(
            !twilio.validateRequest(authToken, signature, url, {
                ...params,
                entity_identity: "another",
            }),
        );
        assert.equal(params.account_sid, accountSid);
        assert.equal(params.service_sid, sid);
        assert.equal(params.entity_identity, identity);
        assert.ok(
            !told.some((other) => other.uuid === params.uuid),
            "every event once",
        );
        told.push(params);
        return params;
    };

    const factorSid = await enrolDevice(sid, identity);
    const enrolled = [await hear(), await hear()];
    assert.deepEqual(
        enrolled.map((params) => params.type),
        ["factor.created", "factor.verified"],
    );
    for (const params of enrolled) assert.equal(params.factor_sid, factorSid);

    const challenges = service(sid).entities(identity).challenges;
    for (const decision of ["approved", "denied"]) {
        const { sid: challengeSid } = await challenges.create({
            factorSid,
            "details.message": "Sign in?",
        });
        await decide(challengeSid, decision);
        const params = await hear();
        assert.equal(params.type, `challenge.${decision}`);
        assert.equal(params.challenge_sid, challengeSid);
        assert.equal(params.factor_sid, factorSid);
    }
    await service(sid).entities(identity).factors(factorSid).remove();
    assert.equal((await hear()).type, "factor.deleted");
});

test("a receiver is told of what it asked for and of nothing else", async (t) => {
    const receiver = await openReceiver(t);
    const { sid } = await createService();
    await service(sid).webhooks.create({
        friendlyName: "Denials",
        eventTypes: ["challenge.denied"],
        webhookUrl: receiver.origin,
    });
    const identity = makeIdentity();
    const factorSid = await enrolDevice(sid, identity);
    const challenges = service(sid).entities(identity).challenges;
    const sids = [];
    for (const decision of ["approved", "denied"]) {
        const { sid: challengeSid } = await challenges.create({
            factorSid,
            "details.message": "Sign in?",
        });
        await decide(challengeSid, decision);
        sids.push(challengeSid);
    }
    const { params } = await receiver.next();
    assert.equal(params.type, "challenge.denied");
    assert.equal(params.challenge_sid, sids[1]);
});
