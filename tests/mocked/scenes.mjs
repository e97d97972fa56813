/**
 * What is done in each scenario before it is looked at, and the words that a person
 * must then find on the screen. `shows` is compared with the text as it is read; where
 * `heard` is set, what a screen reader is told is held against tests/mocked/heard;
 * `pictures` names the files that the documentation takes of the scene.
 */

const approve = (page) => answer(page, "Approve");
const deny = (page) => answer(page, "Deny");

const notMe = (page) => answer(page, "It wasn’t me");

/** Types where the focus is: a request that asks for a number takes it. */
const type = (digits) => async (page) => {
    await page.getByLabel("Type the number").and(page.locator(":focus")).waitFor();
    await page.keyboard.type(digits);
};

/** Sends what was typed, after the click guard has opened. */
async function pressEnter(page) {
    await page.waitForTimeout(700);
    await page.keyboard.press("Enter");
}

/** Presses a button of the decision bar after its click guard has opened. */
async function answer(page, name) {
    const button = page.getByRole("button", { name, exact: true });
    await button.waitFor();
    await page.waitForTimeout(700);
    await button.click();
}

const goTo = (place) => async (page) => {
    await page
        .getByRole("navigation")
        .getByRole("button", { name: place })
        .click();
};

const openHistory = (page) =>
    page.getByRole("main").getByRole("button", { name: "History" }).click();

async function pasteLink(page) {
    await page.getByRole("button", { name: "Add account" }).first().click();
    await page
        .getByLabel("Enrolment link")
        .fill(
            "countersign://enrol?v=1&server=https%3A%2F%2Fverify.acme.example&token=eyJ",
        );
    await page.getByRole("button", { name: "Continue" }).click();
}

/** Goes to the page for adding an account. */
const toAdd = (page) =>
    page.getByRole("button", { name: "Add account" }).first().click();

/** A picture that somebody chose; the fake reads no bytes. */
async function choosePicture(page) {
    await toAdd(page);
    await page
        .locator("input[type=file]")
        .setInputFiles({ name: "code.png", mimeType: "image/png", buffer: Buffer.from("x") });
}

/** A picture that is held over the window. */
const dragOver = (page) =>
    page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "code.png", { type: "image/png" }));
        const event = new DragEvent("dragenter", { bubbles: true, dataTransfer });
        document.body.dispatchEvent(event);
    });

async function addAccount(page) {
    await pasteLink(page);
    await page.waitForTimeout(700);
    await page
        .getByRole("main")
        .getByRole("button", { name: "Add account" })
        .click();
}

/** In one column a request has to be chosen first. */
async function choose(page) {
    const card = page.locator(".card").first();
    if (!(await page.getByRole("group", { name: "Your answer" }).isVisible()))
        await card.click();
}

/** Presses buttons of the page, one after the other. */
const press =
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
const typePin = (pin) => async (page) => {
    await page.getByLabel("PIN", { exact: true }).fill(pin);
    await page.keyboard.press("Enter");
};

const after =
    (...steps) =>
    async (page) => {
        for (const step of steps) await step(page);
    };

async function removeFirst(page) {
    await goTo("Factors")(page);
    await page.getByRole("button", { name: "Remove Acme" }).click();
}

const confirmRemoval = after(removeFirst, (page) =>
    page.getByRole("button", { name: "Remove and delete the key" }).click(),
);

const advance = (seconds) => async (page) => {
    await page.waitForTimeout(300);
    await page.evaluate((by) => window.countersign.advance(by), seconds);
    await page.waitForTimeout(1200);
};

export const scenes = [
    {
        scenario: "first-run",
        pictures: { "first-run": "light" },
        shows: [
            "Approve sign-ins from this computer",
            "Step 1 of 5",
            "Add account",
        ],
    },
    {
        scenario: "first-run",
        name: "first-run-notifications",
        steps: press("Get started"),
        shows: ["Step 2 of 5", "Be told when somebody asks", "Continue"],
        focus: "Be told when somebody asks",
    },
    {
        scenario: "first-run",
        name: "first-run-lock",
        steps: press("Get started", "Continue"),
        shows: ["Step 3 of 5", "Show that it is you", "Set a PIN"],
    },
    {
        scenario: "first-run",
        name: "first-run-autostart",
        steps: press("Get started", "Continue", "Continue"),
        shows: ["Step 4 of 5", "Start with the system?"],
    },
    {
        scenario: "first-run",
        name: "first-run-add",
        steps: press("Get started", "Continue", "Continue", "Continue"),
        shows: ["Step 5 of 5", "Add your first account", "Later"],
    },
    {
        scenario: "no-accounts",
        shows: ["Approve sign-ins from this computer", "Add account"],
    },
    {
        scenario: "first-run",
        name: "add-account",
        steps: (page) =>
            page.getByRole("button", { name: "Add account" }).first().click(),
        shows: [
            "From a QR code",
            "Select an area of the screen",
            "Choose a picture",
            "Paste a picture or a link",
            "Use the camera",
            "Enrolment link",
            "Continue",
        ],
        focus: "Enrolment link",
    },
    {
        scenario: "no-accounts",
        name: "drop-picture",
        steps: dragOver,
        shows: ["Drop the picture here"],
    },
    {
        scenario: "first-run",
        name: "confirm-picture",
        steps: choosePicture,
        shows: ["Add this account?", "verify.acme.example"],
        focus: "Cancel",
    },
    {
        scenario: "no-accounts",
        name: "confirm-pasted",
        steps: (page) => page.keyboard.press("Control+v"),
        shows: ["Add this account?", "verify.acme.example"],
        focus: "Cancel",
    },
    {
        scenario: "first-run",
        name: "camera",
        steps: after(toAdd, press("Use the camera")),
        shows: ["Show the QR code to the camera", "Choose another way"],
        focus: "Choose another way",
    },
    {
        scenario: "codes-several",
        steps: choosePicture,
        shows: [
            "Which account?",
            "3 enrolment codes were found.",
            "id.northwind.example",
            "Northwind Bank · Ada Lovelace · 4711",
        ],
        focus: "Cancel",
    },
    {
        scenario: "code-missing",
        steps: choosePicture,
        shows: [
            "No QR code was found in the picture",
            "Nothing was added and nothing was sent.",
            "Make the code larger or sharper",
        ],
    },
    {
        scenario: "code-missing",
        name: "screen-unavailable",
        steps: after(toAdd, press("Select an area of the screen")),
        shows: ["This desktop does not let Countersign see the screen"],
    },
    {
        scenario: "code-missing",
        name: "clipboard-empty",
        steps: after(toAdd, press("Paste a picture or a link")),
        shows: ["There is no picture and no link to paste"],
    },
    {
        scenario: "code-one-time",
        steps: choosePicture,
        shows: [
            "This is a code for one-time passwords",
            "Countersign does not use those.",
        ],
    },
    {
        scenario: "code-reading",
        steps: after(toAdd, press("Select an area of the screen")),
        shows: ["Select an area of the screen", "Reading"],
    },
    {
        scenario: "first-run",
        name: "confirm",
        pictures: { confirm: "light" },
        steps: pasteLink,
        shows: [
            "Add this account?",
            "verify.acme.example",
            "so says the link",
            "A new signing key, only for this account",
            "the keyring of this desktop; Countersign never sends it anywhere",
            "Only continue if you started this yourself just now and trust verify.acme.example.",
        ],
        focus: "Cancel",
    },
    {
        scenario: "first-run",
        name: "added",
        steps: addAccount,
        shows: ["Acme was added", "Go to inbox"],
    },
    {
        scenario: "link-ticket",
        name: "confirm-ticket",
        steps: pasteLink,
        shows: ["named after you continue"],
        focus: "Cancel",
    },
    {
        scenario: "link-cloud",
        name: "confirm-cloud",
        steps: pasteLink,
        shows: [
            "A cloud service that many sites share.",
            "Only continue if you started this yourself",
        ],
        focus: "Cancel",
    },
    {
        scenario: "link-loopback",
        name: "confirm-loopback",
        steps: pasteLink,
        shows: ["127.0.0.1:8080", "A server on this computer."],
    },
    {
        scenario: "link-punycode",
        name: "confirm-punycode",
        steps: pasteLink,
        shows: [
            "xn--acm-ija.example",
            "Looks like acmё.example",
            "This address is written with foreign letters",
        ],
        focus: "Cancel",
    },
    {
        scenario: "opened-by-link",
        shows: ["Add this account?", "verify.acme.example"],
        focus: "Cancel",
    },
    {
        scenario: "link-invalid",
        steps: pasteLink,
        shows: [
            "This is not an enrolment link",
            "Nothing was added and nothing was sent.",
            "linkInvalid",
        ],
    },
    {
        scenario: "link-used",
        steps: addAccount,
        shows: [
            "This link was already used or has expired",
            "The account was not added.",
        ],
    },

    {
        scenario: "empty",
        pictures: { empty: "dark" },
        shows: ["No requests", "Last checked 14:02", "Check now"],
    },
    { scenario: "never-checked", shows: ["No requests", "Not checked yet"] },
    {
        scenario: "request",
        heard: true,
        pictures: { "inbox-light": "light", "inbox-dark": "dark" },
        steps: choose,
        shows: [
            "Acme asks for your approval",
            "verify.acme.example",
            "Acme wrote",
            "Sign in to Acme on the web?",
            "ada@acme.example",
            "1:42 left",
            "Details from Acme",
            "Firefox 145 on Linux",
            "Technical details",
            "Approve",
            "Deny",
        ],
    },
    {
        scenario: "request",
        name: "request-technical",
        steps: after(choose, (page) =>
            page.getByText("Technical details").click(),
        ),
        shows: [
            "Signature covers",
            "account_sid, service_sid, factor_sid, details, sid",
            "Digest of what is shown",
        ],
    },
    {
        scenario: "request",
        name: "approved",
        pictures: { outcome: "light" },
        steps: after(choose, approve),
        shows: ["Approved · 14:02 · signed with this computer’s key"],
    },
    {
        scenario: "request",
        name: "denied",
        heard: true,
        steps: after(choose, deny),
        shows: [
            "Denied.",
            "Acme was told at 14:02. Nothing was approved.",
            "Did you start this yourself?",
            "It wasn’t me",
        ],
    },
    {
        scenario: "request",
        name: "expired",
        steps: after(choose, advance(103)),
        shows: ["Expired at 14:03. Nothing was approved."],
    },
    {
        scenario: "answering",
        steps: after(choose, approve),
        shows: ["Signing and sending your approval…"],
    },
    {
        scenario: "many",
        heard: true,
        shows: [
            "Pay 1,250.00 EUR to Babbage & Sons?",
            "Sign in to Acme on the web?",
            "Only 24 seconds left",
        ],
    },
    {
        scenario: "number-server",
        steps: choose,
        shows: [
            "Type the number shown where you are signing in",
            "2 to 8 digits · checked by the server.",
            "It wasn’t me",
        ],
    },
    {
        scenario: "number-app",
        steps: after(choose, type("042137")),
        shows: ["6 digits · checked by this app."],
        focus: "Type the number shown where you are signing in",
    },
    {
        scenario: "number-app",
        name: "number-approved",
        steps: after(choose, type("042137"), pressEnter),
        shows: ["Approved · 14:02 · signed with this computer’s key"],
    },
    {
        scenario: "number-server",
        name: "number-wrong",
        pictures: { "number-wrong": "light" },
        steps: after(choose, type("042138"), pressEnter),
        shows: [
            "That is not the number",
            "Nothing was approved. 2 tries are left.",
            "2 tries left",
        ],
        focus: "Type the number shown where you are signing in",
    },
    {
        scenario: "number-server",
        name: "number-denied",
        steps: after(
            choose,
            type("11"),
            pressEnter,
            type("22"),
            pressEnter,
            type("33"),
            pressEnter,
        ),
        shows: ["Denied after three wrong numbers."],
    },
    {
        scenario: "number-locked",
        steps: after(choose, type("042137"), pressEnter),
        shows: ["Too many wrong numbers", "You can still deny."],
    },
    {
        scenario: "request",
        name: "reported",
        steps: after(choose, notMe),
        shows: [
            "Denied, and reported to Acme.",
            "Its notifications are muted for 20 minutes",
            "Somebody may know your password: change it there.",
        ],
    },
    {
        scenario: "report-address",
        steps: after(choose, notMe),
        shows: [
            "Denied. Nobody was told why yet.",
            "https://verify.acme.example/report?case=81-C&from=countersign",
        ],
    },
    {
        scenario: "report-nobody",
        steps: after(choose, notMe),
        shows: ["Denied. Nobody was told why."],
    },
    {
        scenario: "report-fails",
        steps: after(choose, notMe),
        shows: [
            "Denied, but the report did not get through.",
            "Try to report again",
        ],
    },
    { scenario: "hurry", steps: choose, shows: ["Only 24 seconds left"] },
    {
        scenario: "no-message",
        steps: choose,
        shows: ["Acme sent no message with this request."],
    },
    {
        scenario: "twins",
        steps: choose,
        shows: [
            "Asked 2 more times for the same action; one answer covers all.",
        ],
    },
    {
        scenario: "unsigned",
        steps: choose,
        shows: [
            "Your signature does not cover these details",
            "Not covered by your signature",
        ],
    },
    { scenario: "long", steps: choose, shows: ["Show all"] },
    {
        scenario: "hostile",
        steps: choose,
        shows: [
            "<b>Approve</b> \ufffd000,1\ufffd EUR?",
            "Contains invisible characters",
            "<script>alert(1)</script>",
        ],
    },
    {
        scenario: "changed",
        steps: after(choose, approve),
        shows: [
            "This request changed after it was shown to you",
            "Nothing was signed.",
            "Changed",
            "Lagos, Nigeria",
        ],
    },
    {
        scenario: "answered-elsewhere",
        steps: after(choose, approve),
        shows: ["Approved on another device."],
    },
    {
        scenario: "withdrawn",
        steps: after(choose, approve),
        shows: ["Acme took this request back.", "Nothing was approved."],
    },
    {
        scenario: "expired-on-answer",
        steps: after(choose, approve),
        shows: ["Nothing was approved."],
    },
    {
        scenario: "key-lost",
        steps: after(choose, approve),
        shows: [
            "The key for this account is gone from this computer",
            "Nothing was approved",
        ],
    },
    {
        scenario: "revoked",
        steps: after(choose, approve),
        shows: [
            "The site no longer accepts this computer’s key",
            "Nothing was approved.",
        ],
    },
    {
        scenario: "refused",
        steps: after(choose, approve),
        shows: ["The server refused this", "refused · 403 60318"],
    },
    {
        scenario: "offline-on-answer",
        steps: after(choose, approve),
        shows: [
            "The server cannot be reached",
            "Your approval is not confirmed",
        ],
    },
    {
        scenario: "offline-on-answer",
        name: "unconfirmed",
        steps: after(choose, approve, advance(103)),
        shows: ["Expired at 14:03. Whether your answer arrived is not known."],
    },
    {
        scenario: "keychain-refused",
        steps: after(choose, approve),
        shows: ["The keychain refused to use the key"],
    },
    {
        scenario: "clock-refused",
        steps: after(choose, approve),
        shows: ["The server refused this computer’s clock"],
    },
    {
        scenario: "storage-broken",
        steps: after(choose, approve),
        shows: ["Countersign cannot read or write its own data"],
    },

    {
        scenario: "offline-empty",
        shows: ["Offline since 13:58", "What you see is 4 minutes old."],
    },
    {
        scenario: "offline-request",
        pictures: { offline: "light" },
        steps: choose,
        shows: [
            "Offline since 13:58",
            "verify.acme.example cannot be reached, so no answer can be sent.",
        ],
    },
    {
        scenario: "clock-wrong",
        steps: choose,
        shows: [
            "This computer’s clock is 2 hours behind that of verify.acme.example",
            "This computer’s clock is 26 hours ahead of that of id.northwind.example",
        ],
    },
    {
        scenario: "not-polling",
        shows: ["Another Countersign is already checking for requests"],
    },
    {
        scenario: "keychain-locked",
        pictures: { "keychain-locked": "light" },
        shows: ["Your keychain is locked", "Try again"],
    },
    {
        scenario: "keychain-missing",
        shows: ["No keychain was found", "Try again"],
    },
    {
        scenario: "cannot-start",
        shows: [
            "Countersign could not start properly",
            "database disk image is malformed",
            "Try again",
        ],
    },

    {
        scenario: "factors",
        steps: goTo("Factors"),
        shows: [
            "Connected",
            "Key no longer accepted",
            "Not finished",
            "the keyring of this desktop",
        ],
    },
    {
        scenario: "first-run",
        name: "factors-empty",
        steps: goTo("Factors"),
        shows: ["No factors yet"],
    },
    {
        scenario: "factors",
        name: "remove",
        steps: removeFirst,
        shows: ["Remove Acme?", "Remove and delete the key"],
        focus: "Cancel",
    },
    {
        scenario: "factors",
        name: "removed",
        steps: confirmRemoval,
        shows: ["Acme was removed. verify.acme.example was told."],
    },
    {
        scenario: "factors-untold",
        name: "removed-untold",
        steps: confirmRemoval,
        shows: ["verify.acme.example could not be told yet"],
    },
    {
        scenario: "remove-fails",
        steps: confirmRemoval,
        shows: ["The keychain is locked", "The account was not removed."],
    },
    {
        scenario: "empty",
        name: "history",
        steps: openHistory,
        shows: [
            "Today",
            "Yesterday",
            "Approved on this computer",
            "Approved on another device",
            "Denied",
            "Expired",
        ],
    },
    {
        scenario: "empty",
        name: "history-entry",
        heard: true,
        steps: after(openHistory, (page) =>
            page.getByRole("button", { expanded: false }).first().click(),
        ),
        shows: [
            "Asked 13:36, ended 13:37",
            "By this computer’s system",
            "account_sid, service_sid, factor_sid, details, sid",
            "Kept on this computer, as proof of what you answered",
            "Lisbon, Portugal",
        ],
    },
    {
        scenario: "empty",
        name: "history-search",
        steps: after(
            (page) => page.keyboard.press("/"),
            (page) => page.getByLabel("Search the history").fill("nothing"),
        ),
        shows: ["Nothing in the history matches."],
        focus: "Search the history",
    },
    {
        scenario: "never-checked",
        name: "history-empty",
        steps: openHistory,
        shows: ["Nothing yet"],
    },
    {
        scenario: "burst",
        steps: choose,
        shows: [
            "5 requests with the same words came within moments",
            "choose It wasn’t me",
        ],
    },
    {
        scenario: "burst",
        name: "burst-unfolded",
        heard: true,
        steps: (page) =>
            page.getByRole("button", { name: /^Show each/ }).click(),
        shows: ["5 alike within moments", "Show one"],
    },

    {
        scenario: "locked",
        heard: true,
        pictures: { locked: "dark" },
        shows: ["Countersign is locked", "2 requests wait", "Unlock"],
        focus: "Unlock",
    },
    {
        scenario: "many",
        name: "keyboard",
        // From the first Tab on, without a mouse: to the list, to the second request, in.
        steps: async (page) => {
            const card = page.locator(".card:focus");
            for (let tab = 0; tab < 20 && !(await card.count()); tab += 1)
                await page.keyboard.press("Tab");
            await page.keyboard.press("ArrowDown");
            await page.keyboard.press("Enter");
        },
        shows: ["Acme asks for your approval", "Firefox 145 on Linux"],
    },
    { scenario: "locked-empty", shows: ["No request waits"] },
    {
        scenario: "locked",
        name: "locked-pin",
        steps: press("Unlock"),
        shows: ["PIN", "2 requests wait"],
        focus: "PIN",
    },
    {
        scenario: "locked",
        name: "locked-pin-wrong",
        heard: true,
        steps: after(press("Unlock"), typePin("000000")),
        shows: ["That is not the PIN", "4 tries are left."],
        focus: "PIN",
    },
    {
        scenario: "locked-refused",
        steps: press("Unlock"),
        shows: ["It was not confirmed that it is you"],
    },
    {
        scenario: "locked",
        name: "unlocked",
        steps: after(press("Unlock"), typePin("135790")),
        shows: ["Sign in to Acme on the web?"],
    },

    {
        scenario: "muted",
        shows: ["Notifications are muted until 15:02", "Unmute"],
    },
    {
        scenario: "muted-reported",
        shows: [
            "Notifications from Acme are muted until 14:22, because you said that a request was not yours",
            "Requests still appear here.",
        ],
    },

    {
        scenario: "with-pin",
        name: "settings",
        pictures: { settings: "light" },
        steps: goTo("Settings"),
        shows: [
            "Language",
            "Theme",
            "Stay in the tray",
            "Start with the system",
            "Lock now",
            "Hide from screenshots",
            "Linux desktops offer programs no way to be left out",
            "Keep the history",
            "Setup health",
            "Free software, under MIT or Apache 2.0",
        ],
    },
    {
        scenario: "unlockable",
        name: "settings-no-pin",
        steps: goTo("Settings"),
        shows: ["Set a PIN first", "Set a PIN"],
    },
    {
        scenario: "with-pin",
        name: "settings-saved",
        steps: after(goTo("Settings"), (page) =>
            page.getByLabel("Theme").selectOption("Light"),
        ),
        shows: ["Saved"],
    },
    {
        scenario: "setting-fails",
        steps: after(goTo("Settings"), (page) =>
            page.getByRole("switch", { name: "Stay in the tray" }).click(),
        ),
        shows: [
            "Countersign cannot read or write its own data",
            "Nothing was changed.",
        ],
    },
    {
        scenario: "unlockable",
        name: "pin-set",
        steps: after(goTo("Settings"), press("Set a PIN")),
        shows: ["It cannot be recovered.", "New PIN again"],
        focus: "New PIN",
    },
    {
        scenario: "with-pin",
        name: "pin-change",
        steps: after(goTo("Settings"), press("Change")),
        shows: ["Change the PIN", "Current PIN"],
        focus: "Current PIN",
    },
    {
        scenario: "with-pin",
        name: "pin-remove-wrong",
        steps: after(goTo("Settings"), press("Remove"), async (page) => {
            await page.getByLabel("Current PIN").fill("000000");
            await page.keyboard.press("Enter");
        }),
        shows: ["Remove the PIN?", "That is not the PIN", "4 tries are left."],
        focus: "Current PIN",
    },
    {
        scenario: "empty",
        name: "health",
        steps: after(goTo("Settings"), press("Look")),
        shows: ["All is well.", "New keys are made in the keyring of this desktop"],
    },
    {
        scenario: "unhealthy",
        heard: true,
        pictures: { health: "light" },
        steps: after(goTo("Settings"), press("Look")),
        shows: [
            "Something has to be mended before requests can be answered.",
            "The clock is off by 2 hours",
            "Enrolment links open another program: other.desktop",
            "This desktop has no tray",
        ],
    },
    {
        scenario: "health-fails",
        steps: after(goTo("Settings"), press("Look")),
        shows: ["Something went wrong inside Countersign"],
    },

    {
        scenario: "policy-silent",
        name: "policy",
        heard: true,
        pictures: { factors: "dark" },
        steps: after(goTo("Factors"), (page) =>
            page.getByText("How requests are approved").click(),
        ),
        shows: [
            "Confirm that it is you",
            "Approve from notifications",
            "Approve from the tray menu",
            "Nobody is asked then",
        ],
    },
    {
        scenario: "policy-silent",
        name: "policy-pin",
        steps: after(
            goTo("Factors"),
            (page) => page.getByText("How requests are approved").click(),
            (page) =>
                page.getByLabel("Confirm that it is you").selectOption("Never"),
        ),
        shows: ["Type your PIN"],
        focus: "PIN",
    },
    {
        scenario: "empty",
        name: "policy-impossible",
        steps: after(
            goTo("Factors"),
            (page) =>
                page.getByText("How requests are approved").first().click(),
            (page) =>
                page
                    .getByLabel("Confirm that it is you")
                    .first()
                    .selectOption("Before each approval"),
        ),
        shows: ["This computer cannot confirm that it is you"],
    },

    {
        scenario: "unusual-denied",
        heard: true,
        pictures: { unusual: "light" },
        steps: choose,
        shows: [
            "You denied a request from Acme a short while ago",
            "I have read this, and I started it myself",
        ],
    },
    {
        scenario: "unusual-first",
        steps: choose,
        shows: ["This is the first request from Acme that you would approve"],
    },
    {
        scenario: "unusual-message",
        steps: choose,
        shows: ["Acme never asked you this before"],
    },
    {
        scenario: "unusual-burst",
        steps: choose,
        shows: ["Several requests from Acme came in a few minutes"],
    },
    { scenario: "here", steps: choose, shows: ["A page here named this request"] },
    {
        scenario: "needs-pin",
        heard: true,
        steps: after(choose, approve),
        shows: ["Type your PIN"],
        focus: "PIN",
    },
    {
        scenario: "needs-pin",
        name: "needs-pin-wrong",
        steps: after(choose, approve, typePin("000000")),
        shows: [
            "That is not the PIN",
            "Nothing was approved and nothing was changed. 4 tries are left.",
        ],
        focus: "PIN",
    },
    {
        scenario: "needs-pin",
        name: "needs-pin-right",
        steps: after(choose, approve, typePin("135790")),
        shows: ["Approved · 14:02 · signed with this computer’s key"],
    },
    {
        scenario: "needs-system",
        steps: after(choose, approve),
        shows: ["Waiting for the system to confirm that it is you…"],
    },
    {
        scenario: "presence-refused",
        steps: after(choose, approve),
        shows: [
            "It was not confirmed that it is you",
            "Nothing was approved and nothing was changed.",
        ],
    },
    {
        scenario: "presence-unavailable",
        steps: after(choose, approve),
        shows: ["This computer cannot confirm that it is you"],
    },
    {
        scenario: "pin-waits",
        steps: after(choose, approve),
        shows: ["no PIN is taken for 30 seconds"],
    },
];
