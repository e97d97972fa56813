/**
 * Every screen in a real browser, over the fake host: the words are there, axe finds
 * nothing, the content security policy is never touched, nothing overflows; and, but for
 * the words, in other languages too.
 *
 *     npm run stories                      every scene, light and dark, three widths, magnified
 *     npm run stories -- approved          only the scenes with that name
 *     npm run stories -- --shots           and a screenshot of each, in tests/mocked/shots
 *     npm run stories -- --update          and note anew what is heard, in tests/mocked/heard
 *     npm run gallery                      the pictures of docs/screenshots
 *
 * Exit code 1 when anything is wrong.
 */

import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { faultsInOtherLanguages } from "./languages.mjs";
import { scenes } from "./scenes.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const ui = join(here, "../../ui");
const built = join(ui, "dist-mock");
const shots = join(here, "shots");
const heard = join(here, "heard");
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
/**
 * Each scene is played in a wide window and in one column; then the window changes its
 * size and its colours, and the page is looked at again. Axe reads the first of each kind.
 */
const WALKS = [
    {
        name: "wide",
        size: { width: 1040, height: 720 },
        looks: [
            { name: "light-1040", axe: true },
            { name: "dark-1040", theme: "dark", axe: true },
            { name: "contrast-1040", colors: "active" },
            { name: "light-720", size: { width: 720, height: 720 } },
            { name: "dark-720", theme: "dark", size: { width: 720, height: 720 } },
        ],
    },
    {
        name: "narrow",
        size: { width: 380, height: 720 },
        looks: [
            { name: "light-380", axe: true },
            { name: "dark-380", theme: "dark" },
            // A window of the first size, magnified to twice its size.
            { name: "zoomed", size: { width: 520, height: 360 }, axe: true },
        ],
    },
];
/** What a picture in the documentation looks like. */
const PICTURE = { width: 960, height: 640 };
const PICTURE_SCALE = 1.5;

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

/** What the scene is about and is not to be found. */
async function missing(page, scene) {
    const faults = [];
    for (const text of scene.shows) {
        const found = page.getByText(text).filter({ visible: true }).first();
        const there = await found.waitFor({ timeout: 3000 }).then(
            () => true,
            () => shownAsWhole(page, text),
        );
        if (!there) faults.push(`missing: ${text}`);
    }
    if (!scene.focus) return faults;
    const focused = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return "body";
        return element.labels?.[0]?.textContent ?? element.textContent;
    });
    if (focused.trim() !== scene.focus)
        faults.push(`focus is on “${focused.trim()}”, not on “${scene.focus}”`);
    return faults;
}

/**
 * What somebody hears who cannot see the page: the roles, names and states of all there
 * is, held against what was heard when it was last listened to.
 */
async function unlikeBefore(page, scene, walk) {
    if (!scene.heard || walk.name !== "wide") return [];
    const file = join(heard, `${scene.name ?? scene.scenario}.yml`);
    const now = `${await page.locator("body").ariaSnapshot()}\n`;
    if (update) {
        await writeFile(file, now);
        return [];
    }
    const before = await readFile(file, "utf8").catch(() => "");
    return now === before ? [] : [`is heard as\n${now}\nand not as in ${file}`];
}

/** Keeps what live regions say by themselves, as a screen reader hears it: what changes in one that is there. */
function listen() {
    window.said = [];
    const note = ({ target }) => {
        const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
        const text = element?.closest("[aria-live], [role=status], [role=alert]")?.textContent.trim();
        if (text && text !== window.said.at(-1)) window.said.push(text);
    };
    new MutationObserver((changes) => changes.forEach(note)).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
    });
}

/** What was said by itself and should not have been, or the other way round. */
async function saidOtherwise(page, scene) {
    if (!scene.says) return [];
    const faults = [];
    const said = await page.evaluate(() => window.said);
    if (said.join("\n") !== scene.says.join("\n"))
        faults.push(`says\n${said.join("\n")}\nand not\n${scene.says.join("\n")}`);
    const last = page.getByRole("status").filter({ hasText: scene.says.at(-1) });
    if ((await last.count()) === 0) faults.push("what it says is hidden from a screen reader");
    return faults;
}

/** What is wrong with the page as it stands. */
async function faultsOf(page, look) {
    const faults = [];
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
    );
    if (wide > 0) faults.push(`${wide} pixels wider than the window`);
    if (!look.axe) return faults;
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

/** Opens the window at the scene's beginning, and gathers whatever the page complains of. */
async function open(context, address, scene, size, faults) {
    const page = await context.newPage();
    await page.setViewportSize(size);
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
            faults.push(`console: ${message.text()}`);
    });
    await page.goto(`${address}/?scenario=${scene.scenario}&clock=frozen`);
    await page.waitForFunction(() => document.querySelector("h1, h2"));
    return page;
}

/** Plays a scene in one walk. */
async function tell(context, address, { scene, walk }) {
    const name = scene.name ?? scene.scenario;
    const faults = [];
    let page;
    try {
        page = await open(context, address, scene, walk.size, faults);
        await scene.steps?.(page);
        await page.evaluate(() => document.fonts.ready);
        // Through the protocol, which the page's policy does not apply to.
        await page.evaluate(axe);
        faults.push(...(await missing(page, scene)));
        faults.push(...(await unlikeBefore(page, scene, walk)));
        faults.push(...(await saidOtherwise(page, scene)));
        await page.mouse.move(0, 0);
        for (const look of walk.looks) {
            await page.setViewportSize(look.size ?? walk.size);
            await page.emulateMedia({
                colorScheme: look.theme ?? "light",
                forcedColors: look.colors ?? "none",
            });
            const found = await faultsOf(page, look);
            if (!look.theme && !look.colors) {
                const shot = (language) =>
                    withShots &&
                    page.screenshot({ path: join(shots, `${name}-${look.name}-${language}.png`) });
                found.push(...(await faultsInOtherLanguages(page, shot)));
            }
            faults.push(...found.map((fault) => `${look.name}: ${fault}`));
            if (withShots || found.length > 0)
                await page.screenshot({ path: join(shots, `${name}-${look.name}.png`) });
        }
    } catch (error) {
        faults.push(error.message.split("\n").slice(0, 4).join(" "));
        await page?.screenshot({ path: join(shots, `${name}-${walk.name}.png`) });
    }
    await page?.close();
    return faults.map((fault) => `${name}, ${walk.name}: ${fault}`);
}

/** Takes a picture of a scene for the documentation. */
async function picture(context, address, { scene, theme, file }) {
    const faults = [];
    const page = await open(context, address, scene, PICTURE, faults);
    await page.emulateMedia({ colorScheme: theme });
    await scene.steps?.(page);
    await page.evaluate(() => document.fonts.ready);
    faults.push(...(await missing(page, scene)));
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(pictures, `${file}.png`) });
    await page.close();
    return faults.map((fault) => `${file}: ${fault}`);
}

const gallery = process.argv.includes("--gallery");
const update = process.argv.includes("--update");
const withShots = process.argv.includes("--shots");
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
        // A camera that nobody may use.
        "--use-fake-device-for-media-stream",
    ],
});

const stories = chosen.flatMap((scene) =>
    gallery
        ? Object.entries(scene.pictures).map(([file, theme]) => ({ scene, theme, file }))
        : WALKS.map((walk) => ({ scene, walk })),
);
const address = `http://127.0.0.1:${server.address().port}`;
const faults = [];
const queue = [...stories];
async function work() {
    const context = await browser.newContext({
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "UTC",
        deviceScaleFactor: gallery ? PICTURE_SCALE : 1,
    });
    // The window freezes it too.
    await context.addInitScript(() => Object.freeze(Object.prototype));
    await context.addInitScript(listen);
    const play = gallery ? picture : tell;
    for (let story = queue.shift(); story; story = queue.shift()) {
        const found = await play(context, address, story);
        for (const fault of found) console.error(fault);
        faults.push(...found);
    }
    await context.close();
}
await Promise.all([work(), work(), work(), work()]);
await browser.close();
server.close();
await rm(profile, { recursive: true, force: true });

console.log(`${stories.length} stories of ${chosen.length} scenes, ${faults.length} faults`);
process.exitCode = faults.length > 0 || stories.length === 0 ? 1 : 0;
