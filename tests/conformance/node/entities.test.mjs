import assert from "node:assert/strict";
import test from "node:test";

import {
    createFactor,
    createService,
    makeIdentity,
    service,
} from "./world.mjs";

test("an entity is created, read and deleted with all that it has", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const created = await service(sid).entities.create({ identity });
    assert.match(created.sid, /^YE[0-9a-f]{32}$/);
    assert.equal(created.identity, identity);
    assert.equal(created.serviceSid, sid);
    for (const link of ["factors", "new_factors", "challenges"])
        assert.match(created.links[link], /^http/);

    const factor = await createFactor(sid, identity);
    assert.equal(
        (await service(sid).entities(identity).fetch()).sid,
        created.sid,
    );
    assert.equal(await service(sid).entities(identity).remove(), true);
    await assert.rejects(service(sid).entities(identity).fetch(), {
        status: 404,
    });
    await assert.rejects(
        service(sid).entities(identity).factors(factor.sid).fetch(),
        { status: 404 },
    );
});

test("an entity that exists is not created twice", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    await service(sid).entities.create({ identity });
    await assert.rejects(
        service(sid).entities.create({ identity }),
        (error) => {
            assert.equal(error.status, 409);
            assert.ok(
                [60301, 60304].includes(error.code),
                `code ${error.code}`,
            );
            return true;
        },
    );
});

test("entities are listed over pages, each once", async () => {
    const { sid } = await createService();
    const made = [];
    for (let count = 0; count < 5; count += 1) {
        made.push(
            (await service(sid).entities.create({ identity: makeIdentity() }))
                .sid,
        );
    }
    const listed = (await service(sid).entities.list({ pageSize: 2 })).map(
        (item) => item.sid,
    );
    assert.deepEqual([...listed].sort(), [...made].sort());
    assert.equal(
        (await service(sid).entities.list({ pageSize: 2, limit: 3 })).length,
        3,
    );
});
