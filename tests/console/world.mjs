/**
 * What the console's stories are told with: the real server and the real command line, as
 * processes of their own, and a browser. Nothing here sleeps or uses a fixed port.
 */

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
// The browser's driver and axe are development tools of the UI.
const uiRequire = createRequire(join(root, "ui/package.json"));
const { chromium } = uiRequire("playwright-core");
const axe = await readFile(uiRequire.resolve("axe-core/axe.min.js"), "utf8");

/** Where the programs are that were built. */
const programs = process.env.COUNTERSIGN_PROGRAMS ?? join(root, "target/debug");

export const ACCOUNT = "AC0123456789abcdef0123456789abcdef";
export const AUTH_TOKEN = "an-auth-token-of-these-stories";

/** How long a story waits for what must happen before it says that it did not. */
const LIMIT = 120_000;

/** A server, a browser, and a folder that ends with them. */
export class World {
    static async start() {
        const world = new World();
        world.folder = await mkdtemp(join(tmpdir(), "countersign-console-"));
        const home = {
            HOME: world.folder,
            XDG_CONFIG_HOME: world.folder,
            XDG_CACHE_HOME: world.folder,
        };
        world.server = spawn(
            join(programs, "countersign-server"),
            [
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--database",
                `sqlite://${world.folder}/server.db`,
            ],
            {
                env: {
                    ...process.env,
                    ...home,
                    COUNTERSIGN_LOG: "warn",
                    // The receivers of the stories are on this computer.
                    COUNTERSIGN_ALLOW_PRIVATE_WEBHOOKS: "1",
                    COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID: ACCOUNT,
                    COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN: AUTH_TOKEN,
                },
                stdio: ["ignore", "pipe", "inherit"],
            },
        );
        world.ended = new Promise((resolve) =>
            world.server.once("exit", resolve),
        );
        const lines = createInterface({ input: world.server.stdout });
        const first = await Promise.race([
            once(lines, "line"),
            once(lines, "close"),
        ]);
        world.url = first[0]?.match(/^listening on (http:\S+)$/)?.[1];
        if (!world.url)
            throw new Error("the server does not say where it listens");
        world.browser = await chromium.launch({
            executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
            env: { ...process.env, ...home },
            args: [
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
        return world;
    }

    async end() {
        await this.browser?.close();
        this.server.kill("SIGTERM");
        await this.ended;
        await rm(this.folder, { recursive: true, force: true });
    }

    /** A window of its own, which notes everything that goes wrong in it. */
    async visit({
        theme = "light",
        width = 1080,
        height = 800,
        scale = 1,
        script = true,
    } = {}) {
        const context = await this.browser.newContext({
            baseURL: this.url,
            viewport: { width, height },
            deviceScaleFactor: scale,
            colorScheme: theme,
            javaScriptEnabled: script,
            reducedMotion: "reduce",
            locale: "en-GB",
        });
        context.setDefaultTimeout(LIMIT);
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        const page = await context.newPage();
        const faults = [];
        page.on("pageerror", (error) =>
            faults.push(`page error: ${error.message}`),
        );
        page.on("console", (message) => {
            // Browsers note every refusal, and some are what a story is about.
            const expected = message
                .text()
                .startsWith("Failed to load resource");
            if (["error", "warning"].includes(message.type()) && !expected)
                faults.push(`console: ${message.text()}`);
        });
        page.on("request", (request) => {
            if (
                !request.url().startsWith(this.url) &&
                !request.url().startsWith("data:")
            )
                faults.push(`elsewhere: ${request.url()}`);
        });
        return { context, page, faults };
    }

    /** A person at a terminal, with a home and a vault of their own. */
    async device(name) {
        const home = join(this.folder, name);
        const passphrase = join(this.folder, `${name}.passphrase`);
        await writeFile(passphrase, "correct horse battery staple\n", {
            mode: 0o600,
        });
        return (words, input = "") =>
            run(
                join(programs, "countersign"),
                ["--json", "--home", home, "--keychain", "vault", ...words],
                { COUNTERSIGN_VAULT_PASSPHRASE_FILE: passphrase },
                input,
            ).then((text) => JSON.parse(text));
    }
}

/** A receiver of webhooks, which answers as `status` says of an event. */
export async function receiver(status) {
    const heard = [];
    const server = createServer(async (request, response) => {
        let body = "";
        for await (const part of request) body += part;
        const event = new URLSearchParams(body).get("type");
        heard.push(event);
        response.writeHead(status(event)).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${server.address().port}/countersign`;
    return { url, heard, end: () => server.close() };
}

/** Runs a program to its end and returns what it printed. */
export function run(program, words, environment, input = "") {
    return new Promise((resolve, reject) => {
        const child = execFile(
            program,
            words,
            { env: { ...process.env, ...environment }, timeout: 2 * LIMIT },
            (error, out, said) =>
                error
                    ? reject(new Error(`${error.message}\n${said}`))
                    : resolve(out),
        );
        child.stdin.on("error", () => {});
        child.stdin.end(input);
    });
}

/** Everything that is wrong with the page as it stands, for somebody who uses other senses or a small window. */
export async function faultsOf(page) {
    const faults = [];
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
    );
    if (wide > 0) faults.push(`${wide} pixels wider than the window`);
    // Through the protocol, which the page's policy does not apply to.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        window.axe.run(document, { resultTypes: ["violations"] }),
    );
    for (const { id, nodes } of violations)
        faults.push(
            `axe ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
        );
    return faults;
}

/** Fills in and sends the form of the entrance. */
export async function signIn(page, auth_token = AUTH_TOKEN) {
    await page.goto("/console");
    await page.getByLabel("Account SID").fill(ACCOUNT);
    await page.getByLabel("Auth token").fill(auth_token);
    await page.getByRole("button", { name: "Sign in" }).click();
}
