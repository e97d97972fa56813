import assert from "node:assert/strict";
import test from "node:test";

import {
    accountSid,
    createService,
    enrolDevice,
    makeIdentity,
    serverUrl,
    service,
} from "./world.mjs";

test("an access token is created and read again by its sid", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const tokens = service(sid).accessTokens;
    const created = await tokens.create({
        identity,
        factorType: "push",
        factorFriendlyName: "A laptop",
        ttl: 300,
    });
    assert.match(created.sid, /^YK[0-9a-f]{32}$/);
    assert.equal(created.accountSid, accountSid);
    assert.equal(created.serviceSid, sid);
    assert.equal(created.entityIdentity, identity);
    assert.equal(created.factorType, "push");
    assert.equal(created.factorFriendlyName, "A laptop");
    assert.equal(created.ttl, 300);
    assert.equal(
        created.url,
        `${serverUrl}/v2/Services/${sid}/AccessTokens/${created.sid}`,
    );
    assert.equal(
        (await service(sid).accessTokens(created.sid).fetch()).token,
        created.token,
    );
});

test("the token looks like the vendor's: five parts, encrypted directly", async () => {
    const { sid } = await createService();
    const { token, ttl } = await service(sid).accessTokens.create({
        identity: makeIdentity(),
        factorType: "push",
    });
    const parts = token.split(".");
    assert.equal(parts.length, 5);
    assert.equal(parts[1], "");
    const header = JSON.parse(Buffer.from(parts[0], "base64url").toString());
    assert.equal(header.alg, "dir");
    assert.equal(header.enc, "A256GCM");
    assert.equal(header.cty, "twilio-fpa;v=1");
    assert.equal(ttl, 60);
});

test("a life or a type that tokens cannot have is refused", async () => {
    const { sid } = await createService();
    const create = (changed) =>
        service(sid).accessTokens.create({
            identity: makeIdentity(),
            factorType: "push",
            ...changed,
        });
    for (const changed of [
        { ttl: 59 },
        { ttl: 301 },
        { factorType: "totp" },
        { identity: "short" },
    ]) {
        await assert.rejects(
            create(changed),
            { status: 400 },
            JSON.stringify(changed),
        );
    }
});

test("a device enrols with the token that the library created", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const factorSid = await enrolDevice(sid, identity);
    const factor = await service(sid)
        .entities(identity)
        .factors(factorSid)
        .fetch();
    assert.equal(factor.status, "verified");
    assert.equal(factor.factorType, "push");
});
