import assert from "node:assert/strict";
import test from "node:test";

import { major } from "./majors.mjs";
import {
    createFactor,
    createService,
    makeClient,
    makeIdentity,
    service,
} from "./world.mjs";

test("a webhook is created, read, changed, listed and deleted", async () => {
    const { sid } = await createService();
    const webhooks = service(sid).webhooks;
    const created = await webhooks.create({
        friendlyName: "Approvals",
        eventTypes: ["challenge.approved", "challenge.denied"],
        webhookUrl: "https://example.com/hook?a=1&b=x%20y",
    });
    assert.match(created.sid, /^YW[0-9a-f]{32}$/);
    assert.deepEqual(created.eventTypes, [
        "challenge.approved",
        "challenge.denied",
    ]);
    assert.equal(created.webhookUrl, "https://example.com/hook?a=1&b=x%20y");
    assert.equal(created.status, "enabled");
    assert.equal(created.version, "v2");

    const changed = await webhooks(created.sid).update({
        status: "disabled",
        eventTypes: ["*"],
        [major.webhookVersion]: "v1",
    });
    assert.equal(changed.status, "disabled");
    assert.deepEqual(changed.eventTypes, ["*"]);
    assert.equal(changed.version, "v1");
    assert.equal(
        (await webhooks(created.sid).fetch()).friendlyName,
        "Approvals",
    );

    for (const name of ["Two", "Three"]) {
        await webhooks.create({
            friendlyName: name,
            eventTypes: ["*"],
            webhookUrl: "https://example.com/",
        });
    }
    const names = (await webhooks.list({ pageSize: 2 })).map(
        (item) => item.friendlyName,
    );
    assert.deepEqual(names.sort(), ["Approvals", "Three", "Two"]);
    assert.equal(await webhooks(created.sid).remove(), true);
    await assert.rejects(webhooks(created.sid).fetch(), {
        status: 404,
        code: 20404,
    });
});

test("events that there are not and addresses that are none are refused", async () => {
    const { sid } = await createService();
    const good = {
        friendlyName: "Hook",
        eventTypes: ["*"],
        webhookUrl: "https://example.com/",
    };
    for (const changed of [
        { eventTypes: ["challenge.forgotten"] },
        { webhookUrl: "nonsense" },
        { friendlyName: "" },
    ]) {
        await assert.rejects(
            service(sid).webhooks.create({ ...good, ...changed }),
            { status: 400 },
            JSON.stringify(changed),
        );
    }
    assert.deepEqual(await service(sid).webhooks.list(), []);
});

test("a push cannot be sent again to a device that polls", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const factor = await createFactor(sid, identity);
    const challenges = service(sid).entities(identity).challenges;
    const { sid: challenge } = await challenges.create({
        factorSid: factor.sid,
        "details.message": "Sign in?",
    });
    await assert.rejects(challenges(challenge).notifications.create(), {
        status: 400,
        code: 60307,
    });
});

test("a push is sent again three times and no more", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const factor = await createFactor(sid, identity);
    const entity = service(sid).entities(identity);
    await entity.factors(factor.sid).update({
        "config.notificationPlatform": "fcm",
        "config.notificationToken": "t".repeat(32),
    });
    const { sid: challengeSid } = await entity.challenges.create({
        factorSid: factor.sid,
        "details.message": "Sign in?",
    });
    const { notifications } = entity.challenges(challengeSid);
    for (const [given, ttl] of [
        [{}, 300],
        [{ ttl: 0 }, 0],
        [{ ttl: 60 }, 60],
    ]) {
        const sent = await notifications.create(given);
        assert.match(sent.sid, /^NT[0-9a-f]{32}$/);
        assert.equal(sent.challengeSid, challengeSid);
        assert.equal(sent.priority, "high");
        assert.equal(sent.ttl, ttl);
    }
    await assert.rejects(notifications.create(), { status: 429, code: 60309 });
});

test("the form of a push factor is described", async () => {
    const form = await makeClient().verify.v2.forms("form-push").fetch();
    assert.equal(form.formType, "form-push");
    assert.ok(form.forms.create_challenge);
});
