/**
 * The page at /docs in a real browser, by keyboard, against a real server: what it shows, what it
 * sends, and what it leaves behind. axe finds nothing, and the policy is never touched.
 *
 * COUNTERSIGN_SERVER_URL, COUNTERSIGN_ACCOUNT_SID and COUNTERSIGN_AUTH_TOKEN say which server.
 * COUNTERSIGN_SHOTS is a folder for pictures. Exit code 1 when anything is wrong.
 */

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// The browser's driver and axe are development tools of the UI.
const ui = createRequire(fileURLToPath(new URL("../../ui/package.json", import.meta.url)));
const { chromium } = ui("playwright-core");
const axe = await readFile(ui.resolve("axe-core/axe.min.js"), "utf8");

const server = process.env.COUNTERSIGN_SERVER_URL;
const account = process.env.COUNTERSIGN_ACCOUNT_SID;
const secret = process.env.COUNTERSIGN_AUTH_TOKEN;
const shots = process.env.COUNTERSIGN_SHOTS;

const profile = await mkdtemp(join(tmpdir(), "countersign-docs-"));
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A page, and everything that it complains of. */
async function open(options, path = "/docs") {
    const context = await browser.newContext({ viewport: { width: 1200, height: 860 }, reducedMotion: "reduce", locale: "en-GB", ...options });
    // Only a failing run waits so long.
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("console", (message) => {
        // A refusal is an answer; the browser notes it as an error of its own.
        if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Failed to load resource")) faults.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(`${server}/`) && !request.url().startsWith("data:")) faults.push(`asked ${request.url()}`);
    });
    await page.goto(`${server}${path}`);
    await page.getByRole("heading", { name: "Services", level: 2 }).first().waitFor();
    return { page, context, faults };
}

async function inspect(page, faults, name) {
    // Through the protocol, which the page's policy does not apply to.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, nodes } of violations) faults.push(`${name}: axe ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    await fits(page, faults, name);
}

async function fits(page, faults, name) {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) faults.push(`${name}: ${wide} pixels wider than the window`);
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
    assert.deepEqual(faults, []);
}

/** A whole use of it with the keyboard alone: credentials, an operation, an answer. */
async function tryAnOperation() {
    const { page, context, faults } = await open({ colorScheme: "light" });
    await page.getByLabel("Account SID").focus();
    await page.keyboard.type(account);
    await page.keyboard.press("Tab");
    await page.keyboard.type(secret);
    const operation = page.locator("#CreateService");
    await operation.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await operation.getByLabel("FriendlyName").waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.labels[0].textContent), "FriendlyName");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("It's Acme");
    const command = operation.getByLabel("The request for a terminal");
    const told = await command.textContent();
    assert.ok(told.includes(`--data-urlencode 'FriendlyName=It'\\''s Acme'`), told);
    assert.ok(told.includes('"$ACCOUNT_SID:$AUTH_TOKEN"') && !told.includes(secret), told);
    await operation.getByRole("button", { name: "Send", exact: true }).focus();
    await page.keyboard.press("Enter");
    await operation.getByRole("status").getByText("201 Created").waitFor();
    const made = JSON.parse(await operation.getByLabel("The body of the answer").textContent());
    assert.equal(made.friendly_name, "It's Acme");
    await inspect(page, faults, "service-light");

    // What is repeated, what is chosen, and what is refused.
    const webhook = page.locator("#CreateWebhook");
    await webhook.locator("summary").first().click();
    await webhook.getByLabel("service").waitFor();
    // The service that was just made.
    assert.equal(await webhook.getByLabel("service").inputValue(), made.sid);
    await webhook.getByLabel("challenge.denied").check();
    await webhook.getByLabel("challenge.approved").check();
    await webhook.getByRole("button", { name: "Send", exact: true }).click();
    await webhook.getByRole("status").getByText("201 Created").waitFor();
    const hook = JSON.parse(await webhook.getByLabel("The body of the answer").textContent());
    assert.deepEqual(hook.event_types, ["challenge.approved", "challenge.denied"]);

    await page.getByRole("button", { name: "Forget them" }).click();
    const fetching = page.locator("#FetchService");
    await fetching.locator("summary").first().click();
    await fetching.getByLabel("service").fill("");
    await fetching.getByRole("button", { name: "Send", exact: true }).click();
    await fetching.getByRole("status").getByText("Fill in service first").waitFor();
    await fetching.getByLabel("service").fill(made.sid);
    await fetching.getByRole("button", { name: "Send", exact: true }).click();
    await fetching.getByRole("status").getByText("401 Unauthorized").waitFor();
    await inspect(page, faults, "refused-light");

    // Nothing is left where a later visitor could find it.
    await page.getByLabel("Auth token").fill(secret);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    assert.ok(!kept.includes(secret), kept);
    await page.goto(`${server}/openapi.json`);
    await page.goBack();
    await page.getByRole("heading", { name: "Services", level: 2 }).first().waitFor();
    assert.equal(await page.getByLabel("Auth token").inputValue(), "");
    await context.close();
}

/** One operation by its link, and then all of them at once, in the dark and in a narrow window. */
async function readThemAll() {
    const document = await (await fetch(`${server}/openapi.json`)).json();
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path)).filter((operation) => operation.operationId);
    for (const [name, options] of [
        ["dark", { colorScheme: "dark" }],
        ["narrow", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
    ]) {
        const { page, context, faults } = await open(options, "/docs#CreateChallenge");
        const linked = page.locator("#CreateChallenge");
        await linked.getByLabel("Details.Message").waitFor();
        await linked.getByText("What is in it").click();
        await inspect(page, faults, `linked-${name}`);
        await page.evaluate(() => document.querySelectorAll("main > section > details").forEach((folded) => (folded.open = true)));
        const bodies = page.locator("main > section > details > .body");
        await bodies.nth(operations.length - 1).waitFor();
        assert.equal(await bodies.count(), operations.length);
        await page.evaluate(() => document.querySelectorAll("details.inner").forEach((folded) => (folded.open = true)));
        await fits(page, faults, `all-${name}`);
        await context.close();
    }
}

try {
    await tryAnOperation();
    await readThemAll();
    console.log("the page at /docs holds");
} finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true });
}
