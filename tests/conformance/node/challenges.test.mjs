import assert from "node:assert/strict";
import test from "node:test";

import {
    advanceClock,
    createFactor,
    createService,
    decide,
    enrolDevice,
    makeIdentity,
    makeKey,
    now,
    serverUrl,
    service,
    toBeSigned,
} from "./world.mjs";

/** A person with an enrolled Countersign device, and what the library needs to ask them. */
async function enrolled() {
    const { sid } = await createService();
    const identity = makeIdentity();
    const factorSid = await enrolDevice(sid, identity);
    const entity = service(sid).entities(identity);
    const ask = (changed = {}) =>
        entity.challenges.create({
            factorSid,
            "details.message": "Sign in?",
            ...changed,
        });
    return { sid, identity, factorSid, entity, ask };
}

test("a challenge carries what it was created with", async () => {
    const { sid, identity, factorSid, entity, ask } = await enrolled();
    const expirationDate = new Date((await now()).valueOf() + 600_000);
    const created = await ask({
        "details.message": "Pay 12,50 € to Müller & Söhne?",
        "details.fields": [
            { label: "Amount", value: "12,50 €" },
            { label: "To", value: 'Müller & Söhne = "best" + more' },
        ],
        hiddenDetails: { ip: "203.0.113.7", transaction_id: "a/b+c" },
        expirationDate,
    });
    assert.match(created.sid, /^YC[0-9a-f]{32}$/);
    assert.equal(created.status, "pending");
    assert.equal(created.identity, identity);
    assert.equal(created.factorSid, factorSid);
    assert.equal(created.factorType, "push");
    assert.equal(created.respondedReason, "none");
    assert.equal(
        created.expirationDate.valueOf(),
        Math.floor(expirationDate.valueOf() / 1000) * 1000,
    );
    assert.equal(
        created.url,
        `${serverUrl}/v2/Services/${sid}/Entities/${identity}/Challenges/${created.sid}`,
    );

    const read = await entity.challenges(created.sid).fetch();
    assert.deepEqual(read.details, {
        message: "Pay 12,50 € to Müller & Söhne?",
        fields: [
            { label: "Amount", value: "12,50 €" },
            { label: "To", value: 'Müller & Söhne = "best" + more' },
        ],
    });
    assert.deepEqual(read.hiddenDetails, {
        ip: "203.0.113.7",
        transaction_id: "a/b+c",
    });
});

test("the library reads approved after the device approved", async () => {
    const { entity, ask } = await enrolled();
    const { sid } = await ask();
    assert.equal((await decide(sid, "approved")).status, "approved");
    const answered = await entity.challenges(sid).fetch();
    assert.equal(answered.status, "approved");
    assert.ok(answered.dateResponded instanceof Date);
});

test("the library reads denied after the device denied", async () => {
    const { entity, ask } = await enrolled();
    const { sid } = await ask();
    await decide(sid, "denied");
    assert.equal((await entity.challenges(sid).fetch()).status, "denied");
});

test("the library reads expired once the time is over, and the lists agree", async () => {
    const { entity, ask } = await enrolled();
    const { sid } = await ask();
    await advanceClock(301);
    assert.equal((await entity.challenges(sid).fetch()).status, "expired");
    const sids = async (status) =>
        (await entity.challenges.list({ status })).map((item) => item.sid);
    assert.deepEqual(await sids("expired"), [sid]);
    assert.deepEqual(await sids("pending"), []);
});

test("five challenges come in pages of two, in the order asked for, each once", async () => {
    const { factorSid, entity, ask } = await enrolled();
    const made = [];
    for (let count = 0; count < 5; count += 1) {
        made.push((await ask()).sid);
        await advanceClock(1);
    }
    const sids = (items) => items.map((item) => item.sid);
    assert.deepEqual(sids(await entity.challenges.list({ pageSize: 2 })), made);
    assert.deepEqual(
        sids(await entity.challenges.list({ pageSize: 2, order: "desc" })),
        made.toReversed(),
    );
    assert.deepEqual(
        sids(await entity.challenges.list({ pageSize: 2, limit: 3 })),
        made.slice(0, 3),
    );

    const each = await new Promise((resolve, reject) => {
        const seen = [];
        const done = (error) => (error ? reject(error) : resolve(seen));
        entity.challenges.each(
            { pageSize: 2, factorSid, status: "pending", order: "desc", done },
            (item) => {
                seen.push(item.sid);
            },
        );
    });
    assert.deepEqual(each, made.toReversed());
});

test("pages lead on and back and keep the filters", async () => {
    const { factorSid, entity, ask } = await enrolled();
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await ask()).sid);
    await decide(made[1], "denied");
    const first = await entity.challenges.page({
        factorSid,
        status: "pending",
        order: "desc",
        pageSize: 2,
    });
    const next = new URL(first.nextPageUrl);
    assert.equal(next.origin, new URL(serverUrl).origin);
    for (const [name, value] of Object.entries({
        FactorSid: factorSid,
        Status: "pending",
        Order: "desc",
        PageSize: "2",
    })) {
        assert.equal(next.searchParams.get(name), value);
    }
    const second = await first.nextPage();
    const pages = [first, second].map((page) =>
        page.instances.map((item) => item.sid),
    );
    assert.deepEqual(pages, [
        [made[4], made[3]],
        [made[2], made[0]],
    ]);
    assert.equal(second.nextPage(), undefined);
    const back = await second.previousPage();
    assert.deepEqual(
        back.instances.map((item) => item.sid),
        pages[0],
    );
    const again = await entity.challenges.getPage(first.nextPageUrl);
    assert.deepEqual(
        again.instances.map((item) => item.sid),
        pages[1],
    );
});

test("an answer made by node's own cryptography is accepted, and only once", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const key = makeKey();
    const factor = await createFactor(sid, identity, key);
    const challenges = service(sid).entities(identity).challenges;
    const created = await challenges.create({
        factorSid: factor.sid,
        "details.message": "Sign in?",
        hiddenDetails: { ip: "203.0.113.7" },
    });
    const payload = await toBeSigned(created);
    assert.ok("details" in payload);
    const answer = (changed) =>
        key.jws(
            { typ: "JWT", alg: "ES256" },
            { ...payload, status: "approved", ...changed },
        );

    const refused = [
        [
            answer({
                details: { ...payload.details, message: "Something else" },
            }),
            60324,
        ],
        [answer({ hidden_details: null }), 60324],
        [
            makeKey().jws(
                { typ: "JWT", alg: "ES256" },
                { ...payload, status: "approved" },
            ),
            60324,
        ],
    ];
    for (const [authPayload, code] of refused) {
        await assert.rejects(challenges(created.sid).update({ authPayload }), {
            status: 403,
            code,
        });
    }
    for (const authPayload of [
        "not-a-jws",
        answer({ status: "expired" }),
        answer({ status: "pending" }),
    ]) {
        await assert.rejects(
            challenges(created.sid).update({ authPayload }),
            (error) => [400, 403].includes(error.status),
        );
    }
    assert.equal((await challenges(created.sid).fetch()).status, "pending");

    const updated = await challenges(created.sid).update({
        authPayload: answer({}),
    });
    assert.equal(updated.status, "approved");
    const again = challenges(created.sid).update({
        authPayload: answer({ status: "denied" }),
    });
    await assert.rejects(again, { status: 403, code: 60322 });
    assert.equal((await challenges(created.sid).fetch()).status, "approved");
});
