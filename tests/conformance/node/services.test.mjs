import assert from "node:assert/strict";
import test from "node:test";

import { accountSid, makeClient, serverUrl, service } from "./world.mjs";

test("a service is created, read, changed and deleted", async () => {
    const services = makeClient().verify.v2.services;
    const created = await services.create({
        friendlyName: "Acme",
        "push.includeDate": true,
    });
    assert.match(created.sid, /^VA[0-9a-f]{32}$/);
    assert.equal(created.accountSid, accountSid);
    assert.equal(created.friendlyName, "Acme");
    assert.equal(created.push.include_date, true);
    assert.equal(created.url, `${serverUrl}/v2/Services/${created.sid}`);
    assert.equal(created.links.entities, `${created.url}/Entities`);
    assert.equal(created.links.access_tokens, `${created.url}/AccessTokens`);
    assert.ok(
        created.dateCreated instanceof Date &&
            !Number.isNaN(created.dateCreated.valueOf()),
    );

    const changed = await service(created.sid).update({
        friendlyName: "Acme & Sons",
        codeLength: 6,
    });
    assert.equal(changed.friendlyName, "Acme & Sons");
    assert.equal(
        (await service(created.sid).fetch()).friendlyName,
        "Acme & Sons",
    );

    assert.equal(await service(created.sid).remove(), true);
    await assert.rejects(service(created.sid).fetch(), {
        status: 404,
        code: 20404,
    });
});

test("services are listed in pages, and other accounts' are not among them", async () => {
    const services = makeClient().verify.v2.services;
    const made = [];
    for (const name of ["One", "Two", "Three"])
        made.push((await services.create({ friendlyName: name })).sid);
    const listed = (await services.list({ pageSize: 2 })).map(
        (item) => item.sid,
    );
    for (const sid of made)
        assert.equal(listed.filter((other) => other === sid).length, 1);
    assert.deepEqual((await services.list({ limit: 2 })).length, 2);
});

test("what a service may not be called is said with its parameter", async () => {
    const services = makeClient().verify.v2.services;
    await assert.rejects(
        services.create({ friendlyName: "x".repeat(33) }),
        (error) => {
            assert.equal(error.status, 400);
            assert.match(error.message, /FriendlyName/);
            return true;
        },
    );
});
