// Every answer has the names, types and patterns of the vendor's published schema, no more and no less.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import {
    accountSid,
    authToken,
    createFactor,
    createService,
    makeIdentity,
    makeKey,
    serverUrl,
    service,
} from "./world.mjs";

const { resources } = JSON.parse(
    readFileSync(new URL("shapes.json", import.meta.url), "utf8"),
);

/** What may be null because nobody has set it. */
const unset = new Set([
    "date_responded",
    "default_template_sid",
    "factor_friendly_name",
    "hidden_details",
    "metadata",
    "options",
    "tts_name",
]);

async function send(method, url, body) {
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const headers = {
        authorization,
        "content-type": "application/x-www-form-urlencoded",
    };
    const answer = await fetch(
        url.startsWith("http") ? url : `${serverUrl}/v2${url}`,
        { method, headers, body },
    );
    assert.ok(answer.ok, `${method} ${url}: ${answer.status}`);
    return { status: answer.status, json: await answer.json() };
}

function assertShape(name, resource) {
    const shape = resources[name];
    assert.deepEqual(
        Object.keys(resource).sort(),
        Object.keys(shape).sort(),
        `the members of ${name}`,
    );
    for (const [member, expected] of Object.entries(shape))
        assertMember(`${name}.${member}`, member, resource[member], expected);
}

function assertMember(place, member, value, expected) {
    if (value === null) {
        assert.ok(unset.has(member), `${place} is null`);
        return;
    }
    if (expected.type === "integer") assert.ok(Number.isInteger(value), place);
    else if (expected.type === "array") assert.ok(Array.isArray(value), place);
    else if (expected.type) assert.equal(typeof value, expected.type, place);
    if (expected.pattern)
        assert.match(value, new RegExp(expected.pattern), place);
    if (expected.enum)
        assert.ok(expected.enum.includes(value), `${place} is ${value}`);
    if (expected.format === "date-time")
        assert.match(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, place);
    if (expected.format === "uri") assert.ok(URL.canParse(value), place);
    if (expected.format === "uri-map")
        for (const link of Object.values(value))
            assert.ok(URL.canParse(link), place);
}

function assertMeta(list, key) {
    assert.equal(list.meta.key, key);
    const names = [
        "first_page_url",
        "key",
        "next_page_url",
        "page",
        "page_size",
        "previous_page_url",
        "url",
    ];
    assert.deepEqual(Object.keys(list.meta).sort(), names);
    assert.ok(Array.isArray(list[key]));
}

test("services, access tokens, entities and webhooks have the published shape", async () => {
    const created = await send("POST", "/Services", "FriendlyName=Acme");
    assert.equal(created.status, 201);
    assertShape("service", created.json);
    assertShape(
        "service",
        (await send("GET", `/Services/${created.json.sid}`)).json,
    );
    assertShape(
        "service",
        (
            await send(
                "POST",
                `/Services/${created.json.sid}`,
                "FriendlyName=Acme+2",
            )
        ).json,
    );
    const services = (await send("GET", "/Services")).json;
    assertMeta(services, "services");
    services.services.forEach((item) => assertShape("service", item));

    const below = `/Services/${created.json.sid}`;
    const token = await send(
        "POST",
        `${below}/AccessTokens`,
        `Identity=${makeIdentity()}&FactorType=push`,
    );
    assert.equal(token.status, 201);
    assertShape("accessToken", token.json);
    assertShape("accessToken", (await send("GET", token.json.url)).json);

    const entity = await send(
        "POST",
        `${below}/Entities`,
        `Identity=${makeIdentity()}`,
    );
    assert.equal(entity.status, 201);
    assertShape("entity", entity.json);
    assertShape("entity", (await send("GET", entity.json.url)).json);
    const entities = (await send("GET", `${below}/Entities`)).json;
    assertMeta(entities, "entities");
    entities.entities.forEach((item) => assertShape("entity", item));

    const hook =
        "FriendlyName=Hook&EventTypes=*&WebhookUrl=https%3A%2F%2Fexample.com%2Fhook";
    const webhook = await send("POST", `${below}/Webhooks`, hook);
    assert.equal(webhook.status, 201);
    assertShape("webhook", webhook.json);
    const webhooks = (await send("GET", `${below}/Webhooks`)).json;
    assertMeta(webhooks, "webhooks");
    webhooks.webhooks.forEach((item) => assertShape("webhook", item));
    assertShape("form", (await send("GET", "/Forms/form-push")).json);
});

test("factors and challenges have the published shape, before and after an answer", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const below = `/Services/${sid}/Entities/${identity}`;
    const { publicKey } = makeKey();
    const binding = `Binding.Alg=ES256&Binding.PublicKey=${encodeURIComponent(publicKey)}`;
    const config =
        "Config.AppId=app&Config.SdkVersion=1&Config.NotificationPlatform=none";
    const created = await send(
        "POST",
        `${below}/Factors`,
        `FriendlyName=Phone&FactorType=push&${binding}&${config}`,
    );
    assert.equal(created.status, 201);
    assertShape("newFactor", created.json);
    assert.deepEqual(created.json.binding, {
        alg: "ES256",
        public_key: publicKey,
    });
    assertShape("factor", (await send("GET", created.json.url)).json);
    const key = makeKey();
    const factor = await createFactor(sid, identity, key);
    const factors = (await send("GET", `${below}/Factors`)).json;
    assertMeta(factors, "factors");
    factors.factors.forEach((item) => assertShape("factor", item));

    const asked = await send(
        "POST",
        `${below}/Challenges`,
        `FactorSid=${factor.sid}&Details.Message=Sign+in%3F`,
    );
    assert.equal(asked.status, 201);
    assertShape("challenge", asked.json);
    assert.equal(asked.json.date_responded, null);
    const challenges = (await send("GET", `${below}/Challenges`)).json;
    assertMeta(challenges, "challenges");
    challenges.challenges.forEach((item) => assertShape("challenge", item));
    const payload = { ...asked.json, status: "denied" };
    const authPayload = key.jws({ typ: "JWT", alg: "ES256" }, payload);
    const answered = await send(
        "POST",
        asked.json.url,
        `AuthPayload=${authPayload}`,
    );
    assertShape("challenge", answered.json);
    assert.equal(answered.json.status, "denied");
    assert.ok(answered.json.date_responded);
});

test("deletions answer 204 with nothing", async () => {
    const { sid } = await createService();
    const identity = makeIdentity();
    const factor = await createFactor(sid, identity);
    const entity = service(sid).entities(identity);
    for (const remove of [entity.factors(factor.sid), entity, service(sid)]) {
        const { statusCode, body } = await remove.removeWithHttpInfo();
        assert.equal(statusCode, 204);
        assert.equal(body, true);
    }
});
