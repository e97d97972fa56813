// What every topic here talks to: our server through the vendor's library, and a Countersign device.
//
// The library is one of those from npm as it is. Only the address that it calls is set, as its users would set it.

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

function given(name) {
    const value = process.env[name];
    if (!value)
        throw new Error(
            `${name} is not set: these tests are started by \`cargo xtask test conformance\``,
        );
    return value;
}

/** The vendor's library: the major that this run is about. */
export const { default: twilio } = await import(given("COUNTERSIGN_LIBRARY"));

export const serverUrl = given("COUNTERSIGN_SERVER_URL");
export const accountSid = given("COUNTERSIGN_ACCOUNT_SID");
export const authToken = given("COUNTERSIGN_AUTH_TOKEN");
export const apiKeySid = given("COUNTERSIGN_API_KEY_SID");
export const apiKeySecret = given("COUNTERSIGN_API_KEY_SECRET");
const deviceUrl = given("COUNTERSIGN_DEVICE_URL");

/** The vendor's client for our account, or for other credentials. */
export function makeClient(sid = accountSid, token = authToken) {
    const client = twilio(sid, token);
    client.verify.baseUrl = serverUrl;
    return client;
}

/** A new service, so that no test sees what another one made. */
export function createService(friendlyName = "Acme", settings = {}) {
    return makeClient().verify.v2.services.create({
        friendlyName,
        ...settings,
    });
}

/** The service's resources, as the library addresses them. */
export function service(sid) {
    return makeClient().verify.v2.services(sid);
}

/** An identity that nobody has used before. */
export function makeIdentity() {
    return `person-${randomBytes(6).toString("hex")}`;
}

async function askDevice(path, body) {
    const answer = await fetch(`${deviceUrl}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok)
        throw new Error(
            `the device answered ${answer.status} to ${path}: ${text}`,
        );
    return JSON.parse(text);
}

/** Lets the Countersign device enrol with an access token, as a backend would hand it over. */
export async function enrolDevice(serviceSid, identity, client = makeClient()) {
    const token = await client.verify.v2
        .services(serviceSid)
        .accessTokens.create({
            identity,
            factorType: "push",
            ttl: 300,
        });
    const { factorSid } = await askDevice("/enrol", {
        token: token.token,
        serviceSid,
        identity,
        factorType: "push",
    });
    return factorSid;
}

/** Lets the person at the device decide: "approved" or "denied". */
export function decide(challengeSid, decision) {
    return askDevice("/decide", { challengeSid, decision });
}

/** Moves the clock of the server and of the device. */
export function advanceClock(seconds) {
    return askDevice("/clock", { seconds });
}

/** What the clock of the server shows. */
export async function now() {
    return new Date((await askDevice("/clock", { seconds: 0 })).now);
}

/** What the library throws for a refused request; fails if it throws nothing. */
export async function refusal(request) {
    try {
        await request;
    } catch (error) {
        return error;
    }
    throw new Error("the request was not refused");
}

/** A P-256 key with what the wire needs of it, made by node and by nothing of ours. */
export function makeKey() {
    const { publicKey, privateKey } = generateKeyPairSync("ec", {
        namedCurve: "P-256",
    });
    return {
        publicKey: publicKey
            .export({ type: "spki", format: "der" })
            .toString("base64"),
        /** DER in base64, as the verification of a factor has it. */
        der: (text) =>
            sign("sha256", Buffer.from(text), privateKey).toString("base64"),
        /** A compact JWS with r and s behind each other. */
        jws(header, payload) {
            const part = (value) =>
                Buffer.from(JSON.stringify(value)).toString("base64url");
            const input = `${part(header)}.${part(payload)}`;
            const signature = sign("sha256", Buffer.from(input), {
                key: privateKey,
                dsaEncoding: "ieee-p1363",
            });
            return `${input}.${signature.toString("base64url")}`;
        },
    };
}

/** A verified factor whose key this test holds. */
export async function createFactor(serviceSid, identity, key = makeKey()) {
    const entity = service(serviceSid).entities(identity);
    const factor = await entity.newFactors.create({
        friendlyName: "A phone",
        factorType: "push",
        "binding.alg": "ES256",
        "binding.publicKey": key.publicKey,
        "config.appId": "com.example.app",
        "config.notificationPlatform": "none",
        "config.sdkVersion": "1.0.0",
    });
    await entity
        .factors(factor.sid)
        .update({ authPayload: key.der(factor.sid) });
    return factor;
}

/** What an answer to a challenge has to cover: the fields that the server names, with their values as it sends them. */
export async function toBeSigned(challenge) {
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const answer = await fetch(challenge.url, { headers: { authorization } });
    const fields = answer.headers
        .get("twilio-verify-signature-fields")
        .split(",");
    const values = await answer.json();
    return Object.fromEntries(fields.map((name) => [name, values[name]]));
}
