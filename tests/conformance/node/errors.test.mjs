import assert from "node:assert/strict";
import test from "node:test";

import {
    accountSid,
    advanceClock,
    createFactor,
    createService,
    makeClient,
    makeIdentity,
    makeKey,
    now,
    refusal,
    service,
    toBeSigned,
} from "./world.mjs";

/** Everything that the library tells its users of a refusal. */
function assertRefusal(error, status, code, message) {
    assert.equal(error.constructor.name, "RestException");
    assert.equal(error.status, status, error.message);
    assert.equal(error.code, code, error.message);
    assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
    assert.match(error.message, message);
}

const nobody = (prefix) => `${prefix}${"0".repeat(32)}`;

test("what is not there is said with its path", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const missing = nobody("VA");
    assertRefusal(
        await refusal(service(missing).fetch()),
        404,
        20404,
        new RegExp(`/Services/${missing} was not found`),
    );
    const challenge = service(sid).entities(identity).challenges(nobody("YC"));
    assertRefusal(
        await refusal(challenge.fetch()),
        404,
        20404,
        new RegExp(
            `The requested resource /Services/${sid}/Entities/${identity}/Challenges/${nobody("YC")} was not found`,
        ),
    );
});

test("wrong credentials and another account are told apart from nothing", async () => {
    const { sid } = await createService();
    const wrong = makeClient(accountSid, "0".repeat(32))
        .verify.v2.services(sid)
        .fetch();
    assertRefusal(await refusal(wrong), 401, 20003, /./);
    const stranger = makeClient(nobody("AC"), "0".repeat(32))
        .verify.v2.services(sid)
        .fetch();
    assertRefusal(await refusal(stranger), 401, 20003, /./);
});

test("a missing parameter is named in the vendor's words", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const key = makeKey();
    const factor = await createFactor(sid, identity, key);
    const create = service(sid)
        .entities(identity)
        .challenges.create({ factorSid: factor.sid });
    assertRefusal(
        await refusal(create),
        400,
        20001,
        /^Missing required parameter Details\.Message in the post body$/,
    );
});

test("a factor that is not verified, an answer too late and details too long have their own codes", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const entity = service(sid).entities(identity);
    const key = makeKey();
    const unverified = await entity.newFactors.create({
        friendlyName: "A phone",
        factorType: "push",
        "binding.alg": "ES256",
        "binding.publicKey": key.publicKey,
        "config.appId": "com.example.app",
        "config.notificationPlatform": "none",
        "config.sdkVersion": "1.0.0",
    });
    const ask = (changed = {}) =>
        entity.challenges.create({
            factorSid: unverified.sid,
            "details.message": "Sign in?",
            ...changed,
        });
    assertRefusal(await refusal(ask()), 403, 60318, /./);
    await entity
        .factors(unverified.sid)
        .update({ authPayload: key.der(unverified.sid) });

    const asked = await ask();
    const payload = { ...(await toBeSigned(asked)), status: "approved" };
    const authPayload = key.jws({ typ: "JWT", alg: "ES256" }, payload);
    await advanceClock(301);
    const update = entity.challenges(asked.sid).update({ authPayload });
    assertRefusal(await refusal(update), 403, 60323, /./);

    for (const changed of [
        { "details.message": "x".repeat(257) },
        { "details.fields": [{ label: "x".repeat(37), value: "y" }] },
        { "details.fields": [{ label: "x" }] },
        {
            "details.fields": Array.from({ length: 21 }, () => ({
                label: "x",
                value: "y",
            })),
        },
        { hiddenDetails: { long: "x".repeat(1025) } },
        { hiddenDetails: { number: 7 } },
        { expirationDate: new Date((await now()).valueOf() + 3_700_000) },
        { expirationDate: new Date("2015-07-30T20:00:00Z") },
    ]) {
        const error = await refusal(ask(changed));
        assert.equal(
            error.status,
            400,
            `${JSON.stringify(changed).slice(0, 60)}: ${error.message}`,
        );
        assert.ok(error.code >= 20001 && error.moreInfo, error.message);
    }
    assert.equal((await entity.challenges.list()).length, 1);
});

test("page sizes and page tokens that cannot be are refused", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    await createFactor(sid, identity);
    const challenges = service(sid).entities(identity).challenges;
    for (const changed of [
        { pageSize: 0 },
        { pageSize: 1001 },
        { pageToken: "nonsense" },
    ]) {
        const error = await refusal(challenges.page(changed));
        assert.equal(error.status, 400, JSON.stringify(changed));
    }
});
