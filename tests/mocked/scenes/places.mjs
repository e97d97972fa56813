/** The places beside the inbox: factors and their rules, the history, the settings, the health. */

import { after, confirmRemoval, goTo, openHistory, press, removeFirst } from "../steps.mjs";

export const places = [
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
        steps: after(goTo("Settings"), press("Check")),
        shows: ["All is well.", "New keys are made in the keyring of this desktop"],
    },
    {
        scenario: "unhealthy",
        heard: true,
        pictures: { health: "light" },
        steps: after(goTo("Settings"), press("Check")),
        shows: [
            "Something has to be mended before requests can be answered.",
            "The clock is off by 2 hours",
            "Enrolment links open another program: other.desktop",
            "This desktop has no tray",
        ],
    },
    {
        scenario: "health-fails",
        steps: after(goTo("Settings"), press("Check")),
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
];
