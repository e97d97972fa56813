import { at, entry, northwind, request, snapshot } from "./data";

/** A request of the first factor. */
export const one = request(1);
/** A request of the second factor, with more to read. */
export const payment = request(2, {
  issuer: "Northwind Bank",
  account: "Ada Lovelace · 4711",
  identity: "nw-88213",
  serverHost: "id.northwind.example",
  factorSid: northwind.sid,
  message: "Pay 1,250.00 EUR to Babbage & Sons?",
  fields: [
    { label: "Amount", value: "1,250.00 EUR", signed: true },
    {
      label: "To",
      value: "Babbage & Sons, PT50 0002 0123 5678 9015 4",
      signed: true,
    },
    {
      label: "Reference",
      value: "Invoice 2026-117, difference engine, second part",
      signed: true,
    },
  ],
  date: at(-60),
  createdAt: at(-40),
  expiresAt: at(260),
});

/** What there is in a history: every way in which a request ends. */
export const pastEntries = [
  entry(1, -1_500, { verifiedBy: "system" }),
  entry(2, -9_000, { status: "denied", message: "Reset your password?" }),
  entry(3, -90_000, {
    issuer: "Northwind Bank",
    account: "Ada Lovelace · 4711",
    serverHost: "id.northwind.example",
    message: "Pay 89.90 EUR to Analytical Press?",
    answeredHere: false,
  }),
  entry(4, -95_000, { status: "expired", answeredHere: false }),
  entry(5, -400_000, {
    message: "Sign in to Acme from a new place?",
    numberCheckedBy: "server",
    verifiedBy: "pin",
  }),
  entry(6, -410_000, { numberCheckedBy: "app" }),
  entry(8, -415_000, { onThisComputer: true, silent: true }),
  entry(7, -420_000, {
    status: "denied",
    numberCheckedBy: "app",
    wrongNumbers: 3,
  }),
];

/** The window with that first request. */
export const withOne = snapshot({ requests: [one] });

/** The number that every fake request asks for, if it asks for one. */
export const NUMBER = "042137";
