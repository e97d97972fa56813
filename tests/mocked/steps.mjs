/** What a person does in the scenes: presses, types, waits; each is a step that takes the page. */

export const approve = (page) => answer(page, "Approve");
export const deny = (page) => answer(page, "Deny");

export const notMe = (page) => answer(page, "It wasn’t me");

/** Types where the focus is: a request that asks for a number takes it. */
export const type = (digits) => async (page) => {
    await page.getByLabel("Type the number").and(page.locator(":focus")).waitFor();
    await page.keyboard.type(digits);
};

/** Sends what was typed, after the click guard has opened. */
export async function pressEnter(page) {
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
}

/** Presses a button of the decision bar after its click guard has opened. */
export async function answer(page, name) {
    const button = page.getByRole("button", { name, exact: true });
    await button.waitFor();
    await page.waitForTimeout(700);
    await button.click();
}

export const goTo = (place) => async (page) => {
    await page
        .getByRole("navigation")
        .getByRole("button", { name: place })
        .click();
};

export const openHistory = (page) =>
    page.getByRole("main").getByRole("button", { name: "History" }).click();

export async function pasteLink(page) {
    await page.getByRole("button", { name: "Add account" }).first().click();
    await page
        .getByLabel("Enrolment link")
        .fill(
            "countersign://enrol?v=1&server=https%3A%2F%2Fverify.acme.example&token=eyJ",
        );
    await page.getByRole("button", { name: "Continue" }).click();
}

/** Goes to the page for adding an account. */
export const toAdd = (page) =>
    page.getByRole("button", { name: "Add account" }).first().click();

/** A picture that somebody chose; the fake reads no bytes. */
export async function choosePicture(page) {
    await toAdd(page);
    await page
        .locator("input[type=file]")
        .setInputFiles({ name: "code.png", mimeType: "image/png", buffer: Buffer.from("x") });
}

/** Takes the camera away. */
export const noCamera = (page) =>
    page.evaluate(() => {
        navigator.mediaDevices.enumerateDevices = () => Promise.resolve([]);
    });

/** A picture that is held over the window. */
export const dragOver = (page) =>
    page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "code.png", { type: "image/png" }));
        const event = new DragEvent("dragenter", { bubbles: true, dataTransfer });
        document.body.dispatchEvent(event);
    });

export async function addAccount(page) {
    await pasteLink(page);
    await page.waitForTimeout(700);
    await page
        .getByRole("main")
        .getByRole("button", { name: "Add account" })
        .click();
}

/** In one column a request has to be chosen first. */
export async function choose(page) {
    const card = page.locator(".card").first();
    if (!(await page.getByRole("group", { name: "Your answer" }).isVisible()))
        await card.click();
}

/** Presses buttons of the page, one after the other. */
export const press =
    (...names) =>
    async (page) => {
        for (const name of names)
            await page
                .getByRole("main")
                .or(page.getByRole("dialog"))
                .getByRole("button", { name, exact: true })
                .click();
    };

/** Types the PIN that a dialog or the locked window asks for. */
export const typePin = (pin) => async (page) => {
    await page.getByLabel("PIN", { exact: true }).fill(pin);
    await page.keyboard.press("Enter");
};

export const after =
    (...steps) =>
    async (page) => {
        for (const step of steps) await step(page);
    };

export async function removeFirst(page) {
    await goTo("Factors")(page);
    await page.getByRole("button", { name: "Remove Acme" }).click();
}

export const confirmRemoval = after(removeFirst, (page) =>
    page.getByRole("button", { name: "Remove and delete the key" }).click(),
);

/** Moves the program's clock, and waits until the page says something by itself. */
export const advanceUntilSaid = (seconds, text) => async (page) => {
    await page.evaluate((by) => window.countersign.advance(by), seconds);
    await page.waitForFunction((said) => window.said.at(-1) === said, text);
};

export const advance = (seconds) => async (page) => {
    await page.waitForTimeout(300);
    await page.evaluate((by) => window.countersign.advance(by), seconds);
    await page.waitForTimeout(1200);
};

/** Chooses a passphrase for the keys, without saying yes to it. */
export const choosePassphrase = (first, again) => async (page) => {
    await page.getByRole("button", { name: "Use a passphrase instead" }).click();
    await page.getByLabel("Passphrase", { exact: true }).fill(first);
    await page.getByLabel("Passphrase again").fill(again);
};

export const typePassphrase = (passphrase) => async (page) => {
    await page.getByLabel("Passphrase").fill(passphrase);
    await page.getByRole("button", { name: "Open" }).click();
};
