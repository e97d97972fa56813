/**
 * Makes the tray's pictures out of the drawings beside this file: `cargo xtask icons`.
 *
 * NAME.png is for panels of any colour, light or dark, and for Windows: a coloured tile with a white mark on it.
 * NAME-template.png is for the menu bar of macOS, which takes only the shape and colours it itself.
 */

import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
// The browser's driver is a development tool of the UI.
const { chromium } = createRequire(join(here, "../../ui/package.json"))("playwright-core");

const COMMON = `
    .glyph { fill: none; stroke-linecap: round; stroke-linejoin: round }
    .glyph:not(.lock) { transform: scale(.03125) translate(512px, 512px) scale(var(--size)) translate(-535px, -495px) }
    .stroke { fill: none; stroke-linecap: round; stroke-width: 3 }`;
const STYLES = {
    "": `${COMMON}
        svg { --size: 1.25 }
        .tile.usual { fill: #0e7a72 }
        .tile.quiet { fill: #66797a }
        .glyph { stroke: #fff }
        .solid { fill: #fff }
        .stroke { stroke: #8d9c9d }
        .waiting { fill: #f0a020 }
        .bad { fill: #e5484d }`,
    "-template": `${COMMON}
        svg { --size: 1.6 }
        .tile { display: none }
        .glyph, .stroke { stroke: #000 }
        .lock { transform: translate(16px, 16px) scale(1.25) translate(-16px, -16px) }
        .solid, .badge { fill: #000 }`,
};
/** Panels are 16 to 48 pixels high; the menu bar of macOS has 18 points, of two pixels each. */
const SIZES = { "": 48, "-template": 36 };

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
});
try {
    const page = await browser.newPage();
    for (const file of (await readdir(here)).filter((name) => name.endsWith(".svg")).sort()) {
        const drawing = await readFile(join(here, file), "utf8");
        for (const [kind, style] of Object.entries(STYLES)) {
            const size = SIZES[kind];
            await page.setViewportSize({ width: size, height: size });
            await page.setContent(
                `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px } ${style}</style>${drawing}`,
            );
            const picture = await page.screenshot({ omitBackground: true });
            await writeFile(join(here, `${basename(file, ".svg")}${kind}.png`), picture);
        }
    }
} finally {
    await browser.close();
}
