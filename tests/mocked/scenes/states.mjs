/** States of the whole window: offline, in trouble, locked, quiet. */

import { after, answer, choose, choosePassphrase, press, typePassphrase, typePin } from "../steps.mjs";

export const states = [
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
        shows: ["Your keychain is locked", "Unlock keychain", "Use a passphrase instead", "Quit"],
    },
    {
        scenario: "keychain-missing",
        shows: ["No keychain was found", "Try again", "Use a passphrase instead", "Quit"],
    },
    {
        scenario: "keychain-missing-told",
        shows: ["No keychain was found", "Try again", "Quit"],
    },
    {
        scenario: "keychain-missing",
        name: "vault-choose",
        steps: choosePassphrase("correct horse battery", "correct horse"),
        shows: [
            "Use a passphrase instead?",
            "asks for it at each start and never stores it",
            "Keys that are in the system’s keychain stay there untouched.",
            "These two are not the same yet.",
        ],
    },
    {
        scenario: "keychain-away",
        shows: ["The system’s keychain cannot be reached", "Nothing of it is lost."],
    },
    {
        scenario: "passphrase-needed",
        shows: [
            "Type your passphrase",
            "Until then no requests arrive.",
            "Use the system’s keychain again",
            "Quit",
        ],
    },
    {
        scenario: "passphrase-needed",
        name: "system-keychain",
        steps: press("Use the system’s keychain again"),
        shows: ["Use the system’s keychain again?", "stay closed until you type it."],
    },
    {
        scenario: "passphrase-needed",
        name: "system-keychain-confirmed",
        steps: after(press("Use the system’s keychain again"), press("Use keychain")),
        shows: ["Some accounts are closed", "Type your passphrase"],
    },
    {
        scenario: "vault-gone",
        shows: ["Some accounts are closed", "The file with their keys is not there."],
    },
    {
        scenario: "vault-missing",
        shows: [
            "The vault’s file is not there",
            "Put the file back",
            "Try again",
            "Use the system’s keychain again",
        ],
    },
    {
        scenario: "passphrase-needed",
        name: "passphrase-wrong",
        steps: typePassphrase("correct horse"),
        shows: ["That is not the passphrase", "Nothing was approved and nothing was changed."],
    },
    {
        scenario: "passphrase-needed",
        name: "passphrase-right",
        steps: typePassphrase("correct horse battery"),
        shows: ["No requests"],
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
        scenario: "locked",
        heard: true,
        pictures: { locked: "dark" },
        shows: ["Countersign is locked", "2 requests wait", "Unlock"],
        focus: "Unlock",
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
        scenario: "no-tray",
        shows: [
            "This desktop has no tray",
            "Closing the window ends Countersign. Requests are not announced then.",
            "Dismiss",
        ],
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
];
