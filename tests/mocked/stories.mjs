/**
 * Every screen in a real browser, over the fake host: the words are there, axe finds
 * nothing, the content security policy is never touched, nothing overflows.
 *
 *     npm run stories                      every scene, light and dark, three windows
 *     npm run stories -- approved          only the scenes with that name
 *     npm run gallery                      the pictures of docs/screenshots
 *
 * Screenshots go to tests/mocked/shots. Exit code 1 when anything is wrong.
 */

import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { scenes } from "./scenes.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const ui = join(here, "../../ui");
const built = join(ui, "dist-mock");
const shots = join(here, "shots");
const pictures = join(here, "../../docs/screenshots");

// The browser's driver and axe are development tools of the UI.
const uiRequire = createRequire(join(ui, "package.json"));
const { chromium } = uiRequire("playwright-core");
const axe = await readFile(uiRequire.resolve("axe-core/axe.min.js"), "utf8");

/** The policy of the window, without the address of its IPC. */
const POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";
const TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
};
const WINDOWS = [
    { name: "wide", width: 1080, height: 720 },
    { name: "narrow", width: 400, height: 720 },
    // A window of the first size, magnified to twice its size.
    { name: "zoomed", width: 540, height: 360, scale: 2, themes: ["light"] },
];
/** What a picture in the documentation looks like. */
const PICTURE = { name: "picture", width: 960, height: 640, scale: 1.5 };

function serve(folder) {
    const server = createServer((request, response) => {
        const path = new URL(request.url, "http://localhost").pathname;
        // Browsers ask for it by themselves.
        if (path === "/favicon.ico") return void response.writeHead(204).end();
        const file = normalize(join(folder, path === "/" ? "index.html" : path));
        readFile(file).then(
            (body) => {
                response.writeHead(200, {
                    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
                    "content-security-policy": POLICY,
                });
                response.end(body);
            },
            () => response.writeHead(404).end(),
        );
    });
    return new Promise((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve(server));
    });
}

/** Everything that is wrong with the page as it stands. */
async function faultsOf(page, scene) {
    const faults = [];
    for (const text of scene.shows) {
        const found = page.getByText(text).filter({ visible: true }).first();
        const there = await found.waitFor({ timeout: 3000 }).then(
            () => true,
            () => shownAsWhole(page, text),
        );
        if (!there) faults.push(`missing: ${text}`);
    }
    if (scene.focus) {
        const focused = await page.evaluate(() => {
            const element = document.activeElement;
            if (!element || element === document.body) return "body";
            return element.labels?.[0]?.textContent ?? element.textContent.trim();
        });
        if (focused.trim() !== scene.focus)
            faults.push(`focus is on “${focused.trim()}”, not on “${scene.focus}”`);
    }
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
    );
    if (wide > 0) faults.push(`${wide} pixels wider than the window`);
    const { violations } = await page.evaluate(() =>
        window.axe.run(document, { resultTypes: ["violations"] }),
    );
    for (const { id, nodes } of violations)
        faults.push(`axe ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    return faults;
}

/** Text that is spread over several elements, as a reader would hear it. */
async function shownAsWhole(page, text) {
    const all = await page.evaluate(() => document.body.innerText);
    return all.replace(/\s+/g, " ").includes(text);
}

async function tell(browser, address, { scene, theme, size, file }) {
    const context = await browser.newContext({
        viewport: { width: size.width, height: size.height },
        colorScheme: theme,
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "UTC",
        deviceScaleFactor: size.scale ?? 1,
    });
    // The window freezes it too.
    await context.addInitScript(() => Object.freeze(Object.prototype));
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
            faults.push(`console: ${message.text()}`);
    });
    try {
        await page.goto(`${address}/?scenario=${scene.scenario}&clock=frozen`);
        await page.waitForFunction(() => document.querySelector("h1, h2"));
        await scene.steps?.(page);
        await page.evaluate(() => document.fonts.ready);
        // Through the protocol, which the page's policy does not apply to.
        await page.evaluate(axe);
        faults.push(...(await faultsOf(page, scene)));
    } catch (error) {
        faults.push(error.message.split("\n").slice(0, 4).join(" "));
    }
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(size === PICTURE ? pictures : shots, `${file}.png`) });
    await context.close();
    return faults.map((fault) => `${file}: ${fault}`);
}

const gallery = process.argv.includes("--gallery");
const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const chosen = scenes.filter(
    (scene) =>
        (wanted.length === 0 || wanted.includes(scene.name ?? scene.scenario)) &&
        (!gallery || scene.pictures),
);
await mkdir(gallery ? pictures : shots, { recursive: true });
const profile = await mkdtemp(join(tmpdir(), "countersign-stories-"));
const server = await serve(built);
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    env: { ...process.env, HOME: profile, XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
});

/** Each scene as it is checked: in every window and theme, or as the pictures want it. */
function storiesOf(scene) {
    if (gallery)
        return Object.entries(scene.pictures).map(([file, theme]) => ({
            scene,
            theme,
            size: PICTURE,
            file,
        }));
    const name = scene.name ?? scene.scenario;
    return WINDOWS.flatMap((size) =>
        (size.themes ?? ["light", "dark"]).map((theme) => ({
            scene,
            theme,
            size,
            file: `${name}-${theme}-${size.name}`,
        })),
    );
}

const stories = chosen.flatMap(storiesOf);
const address = `http://127.0.0.1:${server.address().port}`;
const faults = [];
const queue = [...stories];
async function work() {
    for (let story = queue.shift(); story; story = queue.shift())
        faults.push(...(await tell(browser, address, story)));
}
await Promise.all([work(), work(), work()]);
await browser.close();
server.close();
await rm(profile, { recursive: true, force: true });

for (const fault of faults) console.error(fault);
console.log(`${stories.length} stories of ${chosen.length} scenes, ${faults.length} faults`);
process.exitCode = faults.length > 0 || stories.length === 0 ? 1 : 0;
