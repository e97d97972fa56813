/** What a person is asked, and what becomes of their answer. */

import {
    advance,
    advanceUntilSaid,
    after,
    answer,
    approve,
    choose,
    deny,
    notMe,
    press,
    pressEnter,
    type,
    typePin,
} from "../steps.mjs";

export const answering = [
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
        scenario: "request",
        name: "announced",
        steps: after(
            advanceUntilSaid(41, "New request from Acme. 2 minutes left."),
            advanceUntilSaid(1, "Request from Acme: 1 minute left."),
            advanceUntilSaid(31, "Request from Acme: 30 seconds left."),
            advanceUntilSaid(20, "Request from Acme: 10 seconds left."),
            advanceUntilSaid(10, "The request from Acme expired. Nothing was approved."),
        ),
        shows: ["Expired"],
        says: [
            "New request from Acme. 2 minutes left.",
            "Request from Acme: 1 minute left.",
            "Request from Acme: 30 seconds left.",
            "Request from Acme: 10 seconds left.",
            "The request from Acme expired. Nothing was approved.",
        ],
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
            "2 to 8 digits · checked by the server · You see no number? Then deny.",
            "It wasn’t me",
        ],
    },
    {
        scenario: "number-app",
        steps: after(choose, type("042137")),
        shows: ["6 digits · checked by this app · You see no number? Then deny."],
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
        shows: ["You have not approved anything from Acme here before"],
    },
    {
        scenario: "unusual-message",
        steps: choose,
        shows: ["Acme never asked you this before"],
    },
    {
        scenario: "unusual-details",
        steps: choose,
        shows: ["Acme asked you this before, but with other details"],
    },
    {
        scenario: "unusual-burst",
        steps: choose,
        shows: ["Several requests from Acme came in a few minutes"],
    },
    { scenario: "here", steps: choose, shows: ["A page on this computer pointed to this request"] },
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
        shows: ["Waiting for confirmation that it is you…"],
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
        shows: ["No PIN is taken just now", "not even the right one"],
    },
];
