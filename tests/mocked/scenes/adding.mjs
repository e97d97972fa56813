/** The first run, and every way to add an account. */

import { addAccount, after, choosePicture, dragOver, pasteLink, press, toAdd } from "../steps.mjs";

export const adding = [
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
];
