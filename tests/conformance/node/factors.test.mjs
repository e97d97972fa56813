import assert from "node:assert/strict";
import test from "node:test";

import {
    createFactor,
    createService,
    makeIdentity,
    makeKey,
    service,
} from "./world.mjs";

const push = (key, changed = {}) => ({
    friendlyName: "A phone",
    factorType: "push",
    "binding.alg": "ES256",
    "binding.publicKey": key.publicKey,
    "config.appId": "com.example.app",
    "config.notificationPlatform": "none",
    "config.sdkVersion": "1.0.0",
    ...changed,
});

test("a factor is created, verified with its key's signature, renamed and deleted", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const entity = service(sid).entities(identity);
    const key = makeKey();
    const created = await entity.newFactors.create(
        push(key, { metadata: { os: "Linux" } }),
    );
    assert.match(created.sid, /^YF[0-9a-f]{32}$/);
    assert.equal(created.status, "unverified");
    assert.equal(created.identity, identity);
    assert.match(created.config.credential_sid, /^CR[0-9a-f]{32}$/);
    assert.equal(created.config.notification_platform, "none");
    assert.deepEqual(created.metadata, { os: "Linux" });

    const verified = await entity
        .factors(created.sid)
        .update({ authPayload: key.der(created.sid) });
    assert.equal(verified.status, "verified");
    const renamed = await entity
        .factors(created.sid)
        .update({ friendlyName: "Zoë's phone + tablet" });
    assert.equal(renamed.friendlyName, "Zoë's phone + tablet");
    const read = await entity.factors(created.sid).fetch();
    assert.equal(read.friendlyName, "Zoë's phone + tablet");
    assert.equal(read.status, "verified");

    assert.equal(await entity.factors(created.sid).remove(), true);
    await assert.rejects(entity.factors(created.sid).fetch(), { status: 404 });
});

test("a signature by another key verifies no factor", async () => {
    const { sid } = await createService();
    const entity = service(sid).entities(makeIdentity());
    const created = await entity.newFactors.create(push(makeKey()));
    const update = entity
        .factors(created.sid)
        .update({ authPayload: makeKey().der(created.sid) });
    await assert.rejects(update, { status: 403, code: 60311 });
    assert.equal(
        (await entity.factors(created.sid).fetch()).status,
        "unverified",
    );
});

test("the same key makes no second factor", async () => {
    const { sid } = await createService();
    const entity = service(sid).entities(makeIdentity());
    const key = makeKey();
    await entity.newFactors.create(push(key));
    await assert.rejects(entity.newFactors.create(push(key)), {
        status: 409,
        code: 60317,
    });
});

test("a binding that is no P-256 key is refused", async () => {
    const { sid } = await createService();
    const entity = service(sid).entities(makeIdentity());
    const nonsense = Buffer.from("test_key").toString("base64");
    const create = entity.newFactors.create(
        push(makeKey(), { "binding.publicKey": nonsense }),
    );
    await assert.rejects(create, { status: 400 });
    await assert.rejects(
        entity.fetch(),
        { status: 404 },
        "nor is an entity made",
    );
});

test("factors are listed over pages, each once", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const made = [];
    for (let count = 0; count < 5; count += 1)
        made.push((await createFactor(sid, identity)).sid);
    const listed = (
        await service(sid).entities(identity).factors.list({ pageSize: 2 })
    ).map((item) => item.sid);
    assert.deepEqual([...listed].sort(), [...made].sort());
});
