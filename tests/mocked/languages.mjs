/**
 * The screens in other languages: whatever is on the page when the language changes must
 * follow, nothing may be left in English, and no text may be cut off or lie over another.
 */

/** The strange one is made of English for the tests: `ui/src/text/pseudo.ts`. */
const LANGUAGES = ["strange", "de", "ja", "ar"];

/** Words that are the same in every language, beside what the issuers wrote: languages have their own names. */
const NAMES = ["AM", "PM", "Countersign", "shop.invalid", "English", "Deutsch", "Brasil"];

/** Shows the page in each language and then in English again, and tells what is wrong with it there. */
export async function faultsInOtherLanguages(page, picture) {
    const faults = [];
    for (const language of LANGUAGES) {
        await page.evaluate(speak, language);
        await page.waitForFunction(
            (tag) => document.documentElement.lang === tag,
            language === "strange" ? "en" : language,
        );
        await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
        const found = [
            ...(language === "strange" ? await page.evaluate(untranslated, NAMES) : []),
            ...(await page.evaluate(unreadable)),
        ];
        faults.push(...found.map((fault) => `in ${language}: ${fault}`));
        await picture(language);
    }
    await page.evaluate(speak, "en");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    return faults;
}

function speak(language) {
    if (language === "strange") window.speakStrangely();
    else window.countersign.speak(language);
}

/** Words on the page, and in what a screen reader says, that no file of texts has. */
function untranslated(names) {
    const known = `${window.countersign.everything} ${names.join(" ")}`;
    const months = Array.from({ length: 12 }, (_, month) =>
        ["long", "short"].map((style) =>
            new Intl.DateTimeFormat(undefined, { month: style }).format(new Date(2026, month)),
        ),
    ).flat();
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        // What a screen reader has said was said in the language of that moment.
        const { parentElement, data } = walker.currentNode;
        if (!parentElement.closest('.hidden-visually[role="status"]')) texts.push(data);
    }
    for (const element of document.querySelectorAll("*"))
        for (const name of ["aria-label", "aria-description", "title", "placeholder", "alt"])
            texts.push(element.getAttribute(name) ?? "");
    return texts.flatMap((text) =>
        (text.match(/(?<!\p{L})[a-z]{2,}(?!\p{L})/giu) ?? [])
            // A code, such as wrongNumber, is for whoever helps.
            .filter((word) => !/[a-z][A-Z]/.test(word))
            .filter((word) => !known.includes(word) && !months.includes(word))
            .map((word) => `“${word}” in “${text.trim()}” is not translated`),
    );
}

/** Text that is wider than its place, cut off, or written over by other text. */
function unreadable() {
    const faults = [];
    const shown = [];
    const dialog = document.querySelector("dialog[open]");
    const walker = document.createTreeWalker(dialog ?? document.body, NodeFilter.SHOW_TEXT);
    const isHere = (element, { left, right, top, bottom }) => {
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit !== null && (element.contains(hit) || hit.contains(element));
    };
    /** The places around an element beyond whose sides nothing is seen. */
    const framesOf = (element) => {
        const frames = [];
        for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
            if (getComputedStyle(at).overflowX !== "visible") frames.push(at.getBoundingClientRect());
        return frames;
    };
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const box = node.parentElement;
        const text = node.data.trim();
        if (!text || !box.checkVisibility() || box.closest(".hidden-visually")) continue;
        const style = getComputedStyle(box);
        const own = `“${text.slice(0, 60)}”`;
        // What the issuer wrote may end in three dots.
        const line = [box, box.parentElement].find(
            (at) => box.matches("bdi") && getComputedStyle(at).overflowX === "hidden",
        );
        const seen = line?.getBoundingClientRect();
        // Its end, that is, whichever way the text and the page run: nobody approves what has no beginning.
        if (line) {
            const start = document.createRange();
            start.setStart(node, node.data.search(/\S/));
            start.setEnd(node, node.data.search(/\S/) + 1);
            const first = start.getBoundingClientRect();
            if (first.width < 1 || first.left < seen.left - 1 || first.right > seen.right + 1)
                faults.push(`${own} is cut off at its beginning`);
            const whole = document.createRange();
            whole.selectNodeContents(node);
            const { left, right } = whole.getBoundingClientRect();
            const gap = document.dir === "rtl" ? seen.right - right : left - seen.left;
            if (gap > 2) faults.push(`${own} does not stand where its page's lines begin`);
        }
        if (!line && box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1)
            faults.push(`${own} is ${box.scrollWidth - box.clientWidth} pixels too wide`);
        if (!line && style.overflowY === "hidden" && box.scrollHeight > box.clientHeight + 1)
            faults.push(`${own} is cut off`);
        const frames = framesOf(box);
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
            if (rect.width < 1 || rect.bottom < 0 || rect.top > innerHeight) continue;
            const left = Math.max(rect.left, seen?.left ?? rect.left);
            const right = Math.min(rect.right, seen?.right ?? rect.right);
            if (left < -1 || right > innerWidth + 1) faults.push(`${own} leaves the window`);
            if (frames.some((frame) => left < frame.left - 1 || right > frame.right + 1))
                faults.push(`${own} is cut off at its side`);
            const inked = { left, right, top: rect.top, bottom: rect.bottom };
            if (right > left && isHere(box, inked)) shown.push({ box, own, rect: inked });
        }
    }
    for (const [at, { box, own, rect }] of shown.entries())
        for (const other of shown.slice(at + 1)) {
            if (other.box.contains(box) || box.contains(other.box)) continue;
            const across = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
            const down = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
            if (across > 3 && down > 6) faults.push(`${own} and ${other.own} overlap`);
        }
    return [...new Set(faults)];
}
