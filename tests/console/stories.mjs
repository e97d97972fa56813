/**
 * The console in a real browser, before the real server, with the real command line as the
 * device that answers.
 *
 *     node tests/console/stories.mjs                  after building the server and the cli
 */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
    ACCOUNT,
    AUTH_TOKEN,
    World,
    faultsOf,
    receiver,
    run,
    signIn,
} from "./world.mjs";

let world;
before(async () => {
    world = await World.start();
});
after(() => world?.end());

/** The heading that a page must have before a story goes on. */
const arrived = (page, name) =>
    page.getByRole("heading", { level: 1, name }).waitFor();

/** Enrols a device with a link from the console, and returns what the command line says of it. */
async function enrol(page, device, identity) {
    await page.getByLabel("Identity", { exact: true }).fill(identity);
    await page.getByRole("button", { name: "Issue link" }).click();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    const link = await page.locator("#link").textContent();
    const factor = await device(["enrol", "-", "--yes"], link);
    // The page says so by itself.
    await page.getByRole("row", { name: /Verified/ }).waitFor();
    return factor;
}

async function createService(page, name) {
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Create service" }).click();
    await arrived(page, name);
}

test("what is wrong at the entrance is said there, and the right credentials open the console", async () => {
    const { context, page, faults } = await world.visit();
    await signIn(page, "something else");
    await page.getByRole("alert").getByText("do not belong together").waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByLabel("Auth token").fill(AUTH_TOKEN);
    await page.getByRole("button", { name: "Sign in" }).click();
    await arrived(page, "Services");
    await page.getByRole("button", { name: "Sign out" }).click();
    await arrived(page, "Sign in");
    await page.goBack();
    await page.reload();
    await arrived(page, "Sign in");
    assert.deepEqual(faults, []);
    await context.close();
});

test("a device is enrolled, asked, seen to approve, and revoked", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("laptop");
    await signIn(page);
    await createService(page, "Acme");
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    await enrol(page, device, "ada-lovelace");

    await page.getByRole("link", { name: "Go to ada-lovelace" }).click();
    await page.getByRole("link", { name: "Send a test challenge" }).click();
    await page.getByLabel("Label 1").fill("Browser");
    await page.getByLabel("Value 1").fill("Firefox on Linux");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Waiting for").waitFor();
    const sid = await page.locator("#challenge-sid").textContent();
    await page.getByText(/^[0-4]:[0-5]\d left$/).waitFor();

    const shown = await device(["show", sid]);
    assert.equal(shown.fields[0].value, "Firefox on Linux");
    // A page that was loaded again would have forgotten this.
    await page.evaluate(() => (window.wasHere = true));
    await device(["approve", sid, "--yes"]);
    await page.locator(".outcome").getByText("Approved").waitFor();
    assert.equal(
        await page.getByRole("status").last().textContent(),
        "The challenge is approved.",
    );
    assert.equal(await page.evaluate(() => window.wasHere), true);

    await page.getByRole("link", { name: "ada-lovelace" }).click();
    await page
        .getByRole("row", { name: /Sign in to Acme\?/ })
        .getByText("Approved")
        .waitFor();
    await page.getByRole("link", { name: /^Revoke…/ }).click();
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No device is enrolled.").waitFor();
    await assert.rejects(device(["approve", sid, "--yes"]));
    assert.deepEqual(faults, []);
    await context.close();
});

test("a number is shown here, typed there, and seen to be right", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("desktop");
    await signIn(page);
    await createService(page, "Bank");
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    await enrol(page, device, "grace-hopper");
    await page.getByRole("link", { name: "Go to grace-hopper" }).click();
    await page.getByRole("link", { name: "Send a test challenge" }).click();
    await page.getByLabel("With a number").check();
    await page.getByRole("button", { name: "Send" }).click();
    const digits = await page.locator(".digits").textContent();
    assert.match(digits, /^\d{3}\u00a0\d{3}$/);
    await page.getByText("Never shown to the person").waitFor();
    const sid = await page.locator("#challenge-sid").textContent();
    await device(["check"]);
    await device(
        ["approve", sid, "--yes", "--number", "-"],
        digits.replace("\u00a0", ""),
    );
    await page.locator(".outcome").getByText("Approved").waitFor();
    assert.equal(await page.locator(".digits").count(), 0);

    await page.getByRole("link", { name: "Send another" }).click();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Waiting for").waitFor();
    const other = await page.locator("#challenge-sid").textContent();
    await device(["check"]);
    await device(["deny", other]);
    await page.locator(".outcome").getByText("Denied").waitFor();
    assert.deepEqual(faults, []);
    await context.close();
});

test("a webhook is made, told, told again, and disabled", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("hooked");
    const hook = await receiver(() => 204);
    await signIn(page);
    await createService(page, "Hooks");
    await page.getByRole("link", { name: "Webhooks" }).click();
    await page.getByLabel("Name").fill("Audit trail");
    await page.getByLabel("URL").fill(hook.url);
    await page.getByLabel("factor.verified").check();
    await page.getByRole("button", { name: "Create webhook" }).click();
    await arrived(page, /Audit trail/);
    const webhook = page.url().split("?")[0];
    await page.getByText("Nothing has been delivered yet.").waitFor();

    await page.getByRole("link", { name: "Hooks", exact: true }).click();
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    await enrol(page, device, "hooked-0001");
    await page.goto(webhook);
    await untilDelivered(page);
    assert.deepEqual(hook.heard, ["factor.verified"]);
    await page.getByRole("button", { name: /^Send again/ }).click();
    await page.getByRole("status").getByText("sent again").waitFor();
    await untilDelivered(page);
    assert.deepEqual(hook.heard, ["factor.verified", "factor.verified"]);

    await page.getByLabel("Status").selectOption("disabled");
    await page.getByRole("button", { name: "Save" }).click();
    await page
        .getByRole("heading", { level: 1 })
        .getByText("Disabled")
        .waitFor();
    assert.deepEqual(faults, []);
    await context.close();
    hook.end();
});

/** Looks at the list of deliveries until the newest has reached its receiver. */
async function untilDelivered(page) {
    for (let looks = 0; looks < 300; looks += 1) {
        const first = page.getByRole("row").nth(1);
        if ((await first.getByText("Delivered").count()) > 0) return;
        await page.reload();
    }
    assert.fail("the webhook is told nothing");
}

/** Goes from one control to the next by Tab until the one with this name has the focus. */
async function tabTo(page, name) {
    for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => {
            const element = document.activeElement;
            return (element.labels?.[0] ?? element).textContent.trim();
        });
        if (typeof name === "string" ? focused === name : name.test(focused))
            return;
    }
    assert.fail(`${name} cannot be reached by keyboard`);
}

test("everything goes by keyboard alone", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("keyboard");
    const press = async (name) => {
        await tabTo(page, name);
        await page.keyboard.press("Enter");
    };
    await page.goto("/console");
    // The first field gets the focus by itself, once the page is drawn.
    await page.locator("#account:focus").waitFor();
    await page.keyboard.type(ACCOUNT);
    await page.keyboard.press("Tab");
    await page.keyboard.type(AUTH_TOKEN);
    await page.keyboard.press("Enter");
    await arrived(page, "Services");
    await press("Skip to the content");
    await tabTo(page, "Name");
    await page.keyboard.type("Keyboard");
    await page.keyboard.press("Enter");
    await arrived(page, "Keyboard");
    await press("Issue an enrolment link");
    await page.locator("#identity:focus").waitFor();
    await page.keyboard.type("key-board-0001");
    await page.keyboard.press("Enter");
    await page.locator("#link").waitFor();
    await device(
        ["enrol", "-", "--yes"],
        await page.locator("#link").textContent(),
    );
    await page.getByRole("link", { name: /^Go to/ }).waitFor();
    await press("Go to key-board-0001");
    await arrived(page, "key-board-0001");
    await press("Send a test challenge");
    await arrived(page, "Send a test challenge");
    await press("Send");
    await page.getByText("Waiting for").waitFor();
    // The focus stays where it was when the page renews itself around it.
    await tabTo(page, "Send another");
    const sid = await page.locator("#challenge-sid").textContent();
    await device(["check"]);
    await device(["approve", sid, "--yes"]);
    await page.locator(".outcome").getByText("Approved").waitFor();
    await page.keyboard.press("Enter");
    await arrived(page, "Send a test challenge");
    await press("Cancel");
    await arrived(page, "key-board-0001");
    await tabTo(page, /^Revoke…/);
    await page.keyboard.press("Enter");
    await arrived(page, /^Revoke/);
    await press("Revoke");
    await page.getByText("No device is enrolled.").waitFor();
    await press("Sign out");
    await arrived(page, "Sign in");
    assert.deepEqual(faults, []);
    await context.close();
});

test("the focus stays on what had it in a part that renews itself", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("focus");
    await signIn(page);
    await createService(page, "Focus");
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    const { sid: factor } = await enrol(page, device, "focus-0001");
    await page.getByRole("link", { name: "Go to focus-0001" }).click();
    const revoke = page.getByRole("link", { name: /^Revoke…/ });
    await revoke.focus();
    const other = await world.visit();
    await signIn(other.page);
    await other.page.goto(page.url());
    await other.page
        .getByRole("link", { name: "Send a test challenge" })
        .click();
    await other.page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("row", { name: /Sign in to Focus\?/ }).waitFor();
    assert.equal(
        await page.evaluate(() => document.activeElement.id),
        `revoke-${factor}`,
    );
    assert.deepEqual([...faults, ...other.faults], []);
    await other.context.close();
    await context.close();
});

test("the console works without a script", async () => {
    const { context, page } = await world.visit({ script: false });
    const device = await world.device("plain");
    await signIn(page);
    await createService(page, "Plain");
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    await page.getByLabel("Identity", { exact: true }).fill("no-script-0001");
    await page.getByRole("button", { name: "Issue link" }).click();
    await device(
        ["enrol", "-", "--yes"],
        await page.locator("#link").textContent(),
    );
    await page.getByRole("link", { name: "Refresh" }).click();
    await page.getByRole("link", { name: /^Go to/ }).click();
    await page.getByRole("link", { name: "Send a test challenge" }).click();
    await page.getByRole("button", { name: "Send" }).click();
    const sid = await page.locator("#challenge-sid").textContent();
    await device(["check"]);
    await device(["approve", sid, "--yes"]);
    await page.getByText("Waiting for").waitFor();
    assert.equal(await page.getByRole("button", { name: /^Copy/ }).count(), 0);
    await page.getByRole("link", { name: "Refresh" }).click();
    await page.locator(".outcome").getByText("Approved").waitFor();
    await context.close();
});

test("the programs on the page of code do what they say", async () => {
    const { context, page, faults } = await world.visit();
    const device = await world.device("code");
    await signIn(page);
    await createService(page, "Programs");
    await page
        .getByRole("link", { name: "Issue an enrolment link" })
        .first()
        .click();
    const { sid: factor } = await enrol(page, device, "program-0001");
    await page.getByRole("link", { name: "Go to program-0001" }).click();
    await page.getByRole("link", { name: "Code", exact: true }).click();
    await page
        .getByRole("button", { name: "Copy the curl program" })
        .first()
        .click();
    await page
        .getByRole("button", { name: "Copy the curl program" })
        .first()
        .getByText("Copied")
        .waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.locator("#token-curl").textContent());
    const environment = { COUNTERSIGN_AUTH_TOKEN: AUTH_TOKEN };
    const runs = {
        curl: ["sh", "-c"],
        node: [process.execPath, "--input-type=module", "--eval"],
        python: ["python3", "-c"],
    };
    for (const [language, [program, ...words]] of Object.entries(runs)) {
        const text = async (id) =>
            page.locator(`#${id}-${language}`).textContent();
        const perform = async (id, more) =>
            (
                await run(program, [...words, await text(id)], {
                    ...environment,
                    ...more,
                })
            ).trim();
        const value = (printed, name) =>
            language === "curl" ? JSON.parse(printed)[name] : printed;
        const token = value(await perform("token"), "token");
        assert.equal(token.split(".").length, 5, language);
        const sid = value(await perform("create"), "sid");
        assert.match(sid, /^YC[0-9a-f]{32}$/, language);
        const status = value(
            await perform("check", { CHALLENGE: sid }),
            "status",
        );
        assert.equal(status, "pending", language);
    }
    const inbox = await device(["check"]).then(() => device(["inbox"]));
    assert.ok(JSON.stringify(inbox).includes(factor));
    assert.deepEqual(faults, []);
    await context.close();
});
