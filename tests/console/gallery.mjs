/**
 * Every page of the console, light and dark, wide and narrow: axe finds nothing, nothing
 * overflows, no policy is touched, and a picture of each goes to tests/console/shots.
 *
 *     node tests/console/gallery.mjs                  after building the server and the cli
 *     node tests/console/gallery.mjs --pictures       also the one of docs/screenshots
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
    ACCOUNT,
    AUTH_TOKEN,
    World,
    faultsOf,
    receiver,
    signIn,
} from "./world.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const shots = join(here, "shots");
const pictures = join(here, "../../docs/screenshots");

const LOOKS = [
    { theme: "light", width: 1080, height: 800 },
    { theme: "dark", width: 1080, height: 800 },
    { theme: "light", width: 400, height: 800 },
    // A window of half the width, magnified to twice its size.
    { theme: "light", width: 540, height: 400, scale: 2 },
];

let world;
let hooks;
let paths;
before(async () => {
    world = await World.start();
    await mkdir(shots, { recursive: true });
    paths = await prepare();
});
after(() => {
    hooks?.end();
    return world?.end();
});

/** The account's own way to the API, to make what the pages show. */
async function api(path, fields) {
    const answer = await fetch(`${world.url}/v2${path}`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${ACCOUNT}:${AUTH_TOKEN}`)}` },
        body: new URLSearchParams(fields),
    });
    const made = await answer.json();
    assert.ok(answer.ok, made.message);
    return made;
}

async function enrol(device, service, identity, name) {
    const fields = { Identity: identity, FactorType: "push", Ttl: "300" };
    const { token } = await api(`/Services/${service}/AccessTokens`, fields);
    const link = new URLSearchParams({
        v: "1",
        server: world.url,
        service,
        identity,
        token,
    });
    const factor = await device(
        ["enrol", "-", "--yes"],
        `countersign://enrol?${link}`,
    );
    const path = `/Services/${service}/Entities/${identity}/Factors/${factor.sid}`;
    await api(path, { FriendlyName: name });
    return factor.sid;
}

/** Makes an account that is in use, and names its pages. */
async function prepare() {
    const { sid: service } = await api("/Services", { FriendlyName: "Acme" });
    await api("/Services", { FriendlyName: "Acme, staging" });
    const { sid: quiet } = await api("/Services", {
        FriendlyName: "Nobody’s bank",
    });
    const identity = "5f0c9a41-ada-7be2";
    hooks = await receiver((event) =>
        event === "challenge.denied" ? 500 : 204,
    );
    const hook = await api(`/Services/${service}/Webhooks`, [
        ["FriendlyName", "Audit trail"],
        ["EventTypes", "challenge.approved"],
        ["EventTypes", "challenge.denied"],
        ["WebhookUrl", hooks.url],
    ]);
    const device = await world.device("gallery");
    const factor = await enrol(device, service, identity, "Ada’s desktop");
    const path = `/Services/${service}/Entities/${identity}/Challenges`;
    const ask = (message, more = []) =>
        api(path, [
            ["FactorSid", factor],
            ["Details.Message", message],
            ...more,
        ]);
    const field = (label, value) => [
        "Details.Fields",
        JSON.stringify({ label, value }),
    ];
    const approved = await ask("Sign in to Acme on the web?", [
        field("Browser", "Firefox 145 on Linux"),
        field("Place", "Lisbon, Portugal"),
    ]);
    await device(["check"]);
    await device(["approve", approved.sid, "--yes"]);
    const denied = await ask("Change the e-mail address of your account?");
    await device(["check"]);
    await device(["deny", denied.sid]);
    const pending = await ask("Pay 1 240.00 EUR to Gardens & Sons Ltd?", [
        field("To", "Gardens & Sons Ltd"),
        field("Amount", "1 240.00 EUR"),
        [
            "HiddenDetails",
            JSON.stringify({ "countersign.match": "482913", order: "A-2210" }),
        ],
    ]);
    await api(`/Services/${service}/Entities`, {
        Identity: "c2d1b870-grace-19aa",
    });
    const base = `/console/services/${service}`;
    const person = `${base}/identities/${identity}`;
    return {
        services: "/console",
        identities: base,
        nobody: `/console/services/${quiet}`,
        unknown: `${base}?identity=ada-lovelace`,
        settings: `${base}/settings`,
        enrol: `${base}/enrol?identity=${identity}`,
        code: `${base}/code?identity=${identity}`,
        challenges: `${base}/challenges`,
        "challenges-denied": `${base}/challenges?Status=denied`,
        webhooks: `${base}/webhooks`,
        "no-webhooks": `/console/services/${quiet}/webhooks`,
        webhook: `/console/services/${service}/webhooks/${hook.sid}`,
        identity: person,
        none: `${person}?Status=expired`,
        test: `${person}/test`,
        revoke: `${person}/factors/${factor}`,
        pending: `${person}/challenges/${pending.sid}`,
        approved: `${person}/challenges/${approved.sid}`,
        denied: `${person}/challenges/${denied.sid}`,
        missing: `${person}/challenges/YC00000000000000000000000000000000`,
    };
}

for (const look of LOOKS) {
    const name = `${look.theme}-${look.width}`;
    test(`every page is in order, ${look.theme} and ${look.width} wide`, async () => {
        const { context, page, faults } = await world.visit(look);
        const see = async (shot) => {
            faults.push(
                ...(await faultsOf(page)).map((fault) => `${shot}: ${fault}`),
            );
            await page.screenshot({
                path: join(shots, `${shot}-${name}.png`),
                fullPage: true,
            });
        };
        await page.goto("/console");
        await see("sign-in");
        await signIn(page);
        await page.getByRole("heading", { name: "Services" }).waitFor();
        for (const [shot, path] of Object.entries(paths)) {
            await page.goto(path);
            await page.getByRole("heading", { level: 1 }).waitFor();
            await see(shot);
        }
        await page.goto(paths.enrol);
        await page.getByRole("button", { name: "Issue link" }).click();
        await page.getByRole("img", { name: /QR code/ }).waitFor();
        await see("enrolment");
        const address = await page.locator("#address").textContent();
        await page.goto(address);
        await page.getByRole("img", { name: /QR code/ }).waitFor();
        await see("ticket");
        // As the app does, and no browser, nor node's fetch, which calls itself one.
        const headers = { accept: "application/json" };
        const [opened] = await once(get(address, { headers }), "response");
        assert.equal(opened.resume().statusCode, 200);
        await page.getByText("A device has opened the link.").first().waitFor();
        await see("ticket-opened");
        await page.goto(`${address}0`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await see("ticket-missing");
        assert.deepEqual(faults, []);
        await context.close();
    });
}

if (process.argv.includes("--pictures")) {
    test("the picture of the documentation is taken", async () => {
        const look = { width: 960, height: 700, scale: 1.5 };
        const { context, page } = await world.visit(look);
        await signIn(page);
        await page.goto(paths.identity);
        await page.screenshot({ path: join(pictures, "console.png") });
        await context.close();
    });
}
