// The device's side, written here from the documented wire alone and in the dialects of the vendor's two mobile
// libraries: what they send and how strictly they read.

import assert from "node:assert/strict";
import { request } from "node:http";
import test from "node:test";

import {
    createService,
    makeIdentity,
    makeKey,
    now,
    serverUrl,
    service,
} from "./world.mjs";

/** Escapes as Android does, and as iOS does, which leaves `=`, `/` and more as they are inside values. */
const dialects = {
    android: (text) => encodeURIComponent(text),
    ios: (text) => encodeURI(text).replaceAll("+", "%2B"),
};

function form(parameters, escape) {
    return Object.entries(parameters)
        .map(([name, value]) => `${name}=${escape(value)}`)
        .join("&");
}

/** One request, with its headers as they were spelled on the wire. */
function send(method, url, password, body) {
    const headers = {
        Accept:
            method === "GET"
                ? "application/x-www-form-urlencoded"
                : "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
        Authorization: `Basic ${Buffer.from(`token:${password}`).toString("base64")}`,
        "User-Agent":
            "Phone; Android; 1.2.3; 7; Android 11 (30); Phone; VerifySDK; 0.9.0; 2013",
    };
    if (body !== undefined) headers["Content-Length"] = Buffer.byteLength(body);
    return new Promise((resolve, reject) => {
        const asked = request(url, { method, headers }, (answer) => {
            const chunks = [];
            answer.on("data", (chunk) => chunks.push(chunk));
            answer.on("end", () => {
                const text = Buffer.concat(chunks).toString();
                const spelled = answer.rawHeaders.filter(
                    (_, index) => index % 2 === 0,
                );
                resolve({
                    status: answer.statusCode,
                    headers: answer.headers,
                    spelled,
                    json: text && JSON.parse(text),
                });
            });
        });
        asked.on("error", reject);
        asked.end(body);
    });
}

/** A phone: it enrols with an access token and then speaks for itself. */
class Phone {
    constructor(entity, escape) {
        this.entity = entity;
        this.escape = escape;
        this.key = makeKey();
    }

    async enrol(token) {
        const parameters = {
            FriendlyName: "Zoë's phone",
            FactorType: "push",
            "Binding.PublicKey": this.key.publicKey,
            "Binding.Alg": "ES256",
            "Config.SdkVersion": "0.9.0",
            "Config.AppId": "com.example.app",
            "Config.NotificationPlatform": "none",
        };
        const answer = await send(
            "POST",
            `${this.entity}/Factors`,
            token,
            form(parameters, this.escape),
        );
        this.factor = answer.json;
        return answer;
    }

    async jwt(skew = 0) {
        const nbf = Math.floor((await now()).valueOf() / 1000) + skew;
        const header = {
            cty: "twilio-pba;v=1",
            kid: this.factor.config.credential_sid,
            typ: "JWT",
            alg: "ES256",
        };
        return this.key.jws(header, {
            sub: this.factor.account_sid,
            exp: nbf + 600,
            nbf,
        });
    }

    async post(path, parameters) {
        return send(
            "POST",
            `${this.entity}${path}`,
            await this.jwt(),
            form(parameters, this.escape),
        );
    }

    async get(path) {
        return send("GET", `${this.entity}${path}`, await this.jwt());
    }

    verify() {
        return this.post(`/Factors/${this.factor.sid}`, {
            AuthPayload: this.key.der(this.factor.sid),
        });
    }

    /** Signs what the server listed, in another order than it came, as iOS does. */
    answer(challenge, fields, status) {
        const payload = Object.fromEntries(
            fields.toReversed().map((name) => [name, challenge[name]]),
        );
        return this.key.jws(
            { typ: "JWT", alg: "ES256" },
            { ...payload, status },
        );
    }
}

async function enrolledPhone(escape = dialects.android) {
    const { sid } = await createService();
    const identity = makeIdentity();
    const { token } = await service(sid).accessTokens.create({
        identity,
        factorType: "push",
        ttl: 300,
    });
    const phone = new Phone(
        `${serverUrl}/v2/Services/${sid}/Entities/${identity}`,
        escape,
    );
    const created = await phone.enrol(token);
    return { sid, identity, token, phone, created };
}

const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

for (const [name, escape] of Object.entries(dialects)) {
    test(`a phone in the dialect of ${name} enrols, reads and approves`, async () => {
        const { sid, identity, phone, created } = await enrolledPhone(escape);
        assert.equal(created.status, 201);
        assert.equal(created.json.status, "unverified");
        assert.equal(created.json.friendly_name, "Zoë's phone");
        assert.match(created.json.date_created, date);
        assert.equal((await phone.verify()).json.status, "verified");

        const challenges = service(sid).entities(identity).challenges;
        const asked = await challenges.create({
            factorSid: phone.factor.sid,
            "details.message": "Sign in to a/b?",
            "details.fields": [{ label: "Who", value: 'a"b/ü' }],
        });
        const list = await phone.get(
            `/Challenges?PageSize=20&FactorSid=${phone.factor.sid}&Order=asc&Status=pending`,
        );
        assert.equal(list.status, 200);
        assert.deepEqual(
            list.json.challenges.map((item) => item.sid),
            [asked.sid],
        );
        assert.equal(list.json.meta.page, 0);

        const one = await phone.get(`/Challenges/${asked.sid}`);
        for (const name of ["date_created", "date_updated", "expiration_date"])
            assert.match(one.json[name], date);
        assert.ok(
            !("date" in one.json.details),
            "a missing date is left out, never null",
        );
        const fields = one.headers["twilio-verify-signature-fields"];
        assert.ok(!fields.includes(" "));
        const payload = phone.answer(one.json, fields.split(","), "approved");
        const answered = await phone.post(`/Challenges/${asked.sid}`, {
            AuthPayload: payload,
        });
        assert.equal(answered.status, 200, JSON.stringify(answered.json));
        assert.equal(
            (await phone.get(`/Challenges/${asked.sid}`)).json.status,
            "approved",
        );
        assert.equal((await challenges(asked.sid).fetch()).status, "approved");
    });
}

test("headers are spelled as a map with exact letters looks them up", async () => {
    const { sid, identity, phone } = await enrolledPhone();
    await phone.verify();
    const challenges = service(sid).entities(identity).challenges;
    const asked = await challenges.create({
        factorSid: phone.factor.sid,
        "details.message": "Sign in?",
    });
    const one = await phone.get(`/Challenges/${asked.sid}`);
    for (const name of [
        "Date",
        "Content-Type",
        "Twilio-Verify-Signature-Fields",
    ])
        assert.ok(one.spelled.includes(name), name);
    assert.match(one.headers["content-type"], /^application\/json/);
});

test("a wrong clock is refused with the server's date, and healed by it", async () => {
    const { phone } = await enrolledPhone();
    await phone.verify();
    const url = `${phone.entity}/Challenges?PageSize=20&FactorSid=${phone.factor.sid}&Order=asc`;
    for (const skew of [7200, -7200]) {
        const refused = await send("GET", url, await phone.jwt(skew));
        assert.equal(refused.status, 401);
        assert.ok(refused.spelled.includes("Date"));
        assert.match(
            refused.headers.date,
            /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/,
        );
        assert.equal(
            Date.parse(refused.headers.date),
            Math.floor((await now()).valueOf() / 1000) * 1000,
        );
    }
    assert.equal(
        (
            await phone.get(
                `/Challenges?PageSize=20&FactorSid=${phone.factor.sid}`,
            )
        ).status,
        200,
    );
});

test("the paging of iOS has its own letters", async () => {
    const { sid, identity, phone } = await enrolledPhone(dialects.ios);
    await phone.verify();
    const challenges = service(sid).entities(identity).challenges;
    const made = [];
    for (let count = 0; count < 3; count += 1) {
        made.push(
            (
                await challenges.create({
                    factorSid: phone.factor.sid,
                    "details.message": "Sign in?",
                })
            ).sid,
        );
    }
    const list = `/Challenges?FactorSid=${phone.factor.sid}&PageSize=2&Order=asc`;
    const first = await phone.get(list);
    const token = new URL(first.json.meta.next_page_url).searchParams.get(
        "PageToken",
    );
    const second = await phone.get(`${list}&pageToken=${encodeURI(token)}`);
    assert.deepEqual(
        [...first.json.challenges, ...second.json.challenges].map(
            (item) => item.sid,
        ),
        made,
    );
});

test("an access token enrols one device and no other identity", async () => {
    const { sid, token, phone } = await enrolledPhone();
    const again = await new Phone(phone.entity, dialects.android).enrol(token);
    assert.ok([401, 403].includes(again.status), `${again.status}`);
    const { token: fresh } = await service(sid).accessTokens.create({
        identity: makeIdentity(),
        factorType: "push",
    });
    const other = await new Phone(phone.entity, dialects.android).enrol(fresh);
    assert.equal(other.status, 403);
    assert.equal(other.json.code, 60313);
});

test("a phone that was deleted is told so by a 401 with a date", async () => {
    const { phone } = await enrolledPhone();
    const remove = async () =>
        send(
            "DELETE",
            `${phone.entity}/Factors/${phone.factor.sid}`,
            await phone.jwt(),
        );
    assert.equal((await remove()).status, 204);
    const gone = await remove();
    assert.equal(gone.status, 401);
    assert.ok(gone.headers.date);
});
