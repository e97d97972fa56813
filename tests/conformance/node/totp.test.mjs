// Factors with codes, whose secret an authenticator of any make reads from the address that the server gives it.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";

import {
    advanceClock,
    createService,
    makeIdentity,
    now,
    service,
} from "./world.mjs";

function fromBase32(text) {
    const bits = [...text]
        .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter))
        .map((value) => value.toString(2).padStart(5, "0"))
        .join("");
    return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** An authenticator as RFC 6238 has it, set up with nothing but an `otpauth://` address. */
class Authenticator {
    constructor(uri) {
        this.uri = new URL(uri);
        const { secret, algorithm, digits, period } = Object.fromEntries(
            this.uri.searchParams,
        );
        this.secret = fromBase32(secret);
        this.algorithm = algorithm;
        this.digits = Number(digits);
        this.period = Number(period);
    }

    /** The code that it shows so many steps from now. */
    async code(steps = 0) {
        const seconds = (await now()).valueOf() / 1000;
        const counter = Buffer.alloc(8);
        const step = Math.floor(seconds / this.period) + steps;
        counter.writeBigUInt64BE(BigInt(step));
        const hash = createHmac(this.algorithm, this.secret)
            .update(counter)
            .digest();
        const offset = hash.at(-1) & 15;
        const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
        return String(number % 10 ** this.digits).padStart(this.digits, "0");
    }

    /** A code that it shows neither now nor in the steps around. */
    async wrongCode() {
        const shown = await Promise.all(
            [-2, -1, 0, 1, 2].map((n) => this.code(n)),
        );
        for (let number = 0; ; number += 1) {
            const code = String(number).padStart(this.digits, "0");
            if (!shown.includes(code)) return code;
        }
    }

    /** The next code, since each is taken once only. */
    async nextCode() {
        await advanceClock(this.period);
        return this.code();
    }
}

/** A person and an authenticator that is set up, but not verified yet. */
async function setUp(changed = {}, settings = {}) {
    const { sid } = await createService("Acme", settings);
    const entity = service(sid).entities(makeIdentity());
    const created = await entity.newFactors.create({
        friendlyName: "Zoë's account",
        factorType: "totp",
        ...changed,
    });
    const authenticator = new Authenticator(created.binding.uri);
    const factor = entity.factors(created.sid);
    const ask = (more = {}) =>
        entity.challenges.create({ factorSid: created.sid, ...more });
    return { entity, created, factor, authenticator, ask };
}

async function verified() {
    const all = await setUp();
    const { factor, authenticator } = all;
    await factor.update({ authPayload: await authenticator.code() });
    return all;
}

test("a factor with codes shows its secret once, in an address that authenticators read", async () => {
    const { created, factor, authenticator } = await setUp();
    assert.equal(created.factorType, "totp");
    assert.equal(created.status, "unverified");
    assert.deepEqual(created.config, {
        alg: "sha1",
        skew: 1,
        code_length: 6,
        time_step: 30,
    });
    const { uri } = authenticator;
    assert.equal(uri.protocol, "otpauth:");
    assert.equal(uri.host, "totp");
    assert.equal(decodeURIComponent(uri.pathname), "/Acme:Zoë's account");
    assert.equal(uri.searchParams.get("secret"), created.binding.secret);
    assert.equal(uri.searchParams.get("issuer"), "Acme");
    assert.ok(authenticator.secret.length >= 16);
    assert.equal((await factor.fetch()).binding, undefined);
});

test("a wrong code leaves a factor unverified, and the right one verifies it", async () => {
    const { factor, authenticator } = await setUp();
    const wrong = await factor.update({
        authPayload: await authenticator.wrongCode(),
    });
    assert.equal(wrong.status, "unverified");
    const right = await factor.update({
        authPayload: await authenticator.code(),
    });
    assert.equal(right.status, "verified");
    assert.equal((await factor.fetch()).status, "verified");
});

test("secret, hash, length and step may be chosen, for a factor or for all of a service", async () => {
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    const chosen = await setUp({
        "binding.secret": secret,
        "config.alg": "sha256",
        "config.codeLength": 8,
        "config.timeStep": 60,
        "config.skew": 0,
    });
    assert.equal(chosen.created.binding.secret, secret);
    const inherited = await setUp(
        {},
        {
            "totp.issuer": "Acme & Sons",
            "totp.codeLength": 7,
            "totp.timeStep": 45,
            "totp.skew": 2,
        },
    );
    assert.deepEqual(inherited.created.config, {
        alg: "sha1",
        skew: 2,
        code_length: 7,
        time_step: 45,
    });
    const { searchParams } = inherited.authenticator.uri;
    assert.equal(searchParams.get("issuer"), "Acme & Sons");
    for (const { factor, authenticator } of [chosen, inherited]) {
        const authPayload = await authenticator.code();
        assert.equal((await factor.update({ authPayload })).status, "verified");
    }
});

test("a challenge with the right code is approved as it is created", async () => {
    const { ask, entity, authenticator } = await verified();
    const authPayload = await authenticator.nextCode();
    const challenge = await ask({ authPayload });
    assert.equal(challenge.status, "approved");
    assert.equal(challenge.factorType, "totp");
    assert.ok(challenge.dateResponded instanceof Date);
    const again = await ask({ authPayload });
    assert.equal(again.status, "pending", "a code is taken once");
    const sids = async (status) =>
        (await entity.challenges.list({ status })).map((item) => item.sid);
    assert.deepEqual(await sids("approved"), [challenge.sid]);
    assert.deepEqual(await sids("pending"), [again.sid]);
});

test("a challenge with a wrong code waits for the right one, and not for ever", async () => {
    const { ask, entity, authenticator } = await verified();
    const code = await authenticator.nextCode();
    const wrong = await authenticator.wrongCode();
    const { sid, status } = await ask({ authPayload: wrong });
    assert.equal(status, "pending");
    const challenge = entity.challenges(sid);
    assert.equal(
        (await challenge.update({ authPayload: wrong })).status,
        "pending",
    );
    assert.equal(
        (await challenge.update({ authPayload: code })).status,
        "approved",
    );
    assert.equal((await challenge.fetch()).status, "approved");
    await assert.rejects(challenge.update({ authPayload: code }), {
        status: 403,
        code: 60322,
    });

    const another = entity.challenges((await ask()).sid);
    for (let attempt = 0; attempt < 5; attempt += 1)
        await another.update({ authPayload: wrong });
    await assert.rejects(another.update({ authPayload: wrong }), {
        status: 429,
        code: 60308,
    });
});

test("an authenticator that is not verified answers nothing", async () => {
    const { ask, authenticator } = await setUp();
    await assert.rejects(ask({ authPayload: await authenticator.code() }), {
        status: 403,
        code: 60318,
    });
});
