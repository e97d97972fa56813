import type { Scenario } from "../scenario";
import { at, factor, failure, request, snapshot } from "../data";
import { one, payment, pastEntries, withOne } from "../samples";

const matched = request(1, {
  number: { checkedBy: "server", digits: null, triesLeft: 3 },
});
const matchedHere = request(1, {
  number: { checkedBy: "app", digits: 6, triesLeft: 3 },
});

/** What a person is asked, and what becomes of their answer. */
export const answering: Record<string, Scenario> = {
  "unusual-denied": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "recentlyDenied" }] }),
  },
  "unusual-first": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "firstApproval" }] }),
  },
  "unusual-message": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "newMessage" }] }),
  },
  "unusual-details": {
    snapshot: snapshot({
      requests: [{ ...one, unusual: "newDetails", needsPresence: true }],
    }),
  },
  "unusual-burst": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "burst" }] }),
  },
  here: {
    snapshot: snapshot({ requests: [{ ...one, onThisComputer: true }] }),
  },
  "needs-pin": {
    snapshot: snapshot({ requests: [{ ...one, needsPresence: true }] }),
    pin: "135790",
  },
  "needs-system": {
    snapshot: snapshot({ requests: [{ ...one, needsPresence: true }] }),
    systemAsks: true,
    hangs: ["approve"],
  },
  "presence-refused": {
    snapshot: withOne,
    fails: { approve: failure("presenceRefused") },
  },
  "presence-unavailable": {
    snapshot: withOne,
    fails: { approve: failure("presenceUnavailable") },
  },
  "pin-waits": {
    snapshot: snapshot({ requests: [{ ...one, needsPresence: true }] }),
    fails: { approve: failure("pinWrong", null, 0, 30) },
  },
  empty: { snapshot: snapshot(), history: pastEntries },
  "never-checked": {
    snapshot: snapshot({
      factors: [
        factor(1, { connection: { kind: "neverChecked" }, lastContact: null }),
      ],
      lastChecked: null,
    }),
  },
  request: { snapshot: withOne, history: pastEntries },
  many: {
    snapshot: snapshot({
      requests: [
        payment,
        one,
        request(3, {
          message: "Sign in to the staging environment?",
          createdAt: at(-280),
          expiresAt: at(24),
          twins: 2,
        }),
      ],
    }),
    history: pastEntries,
  },
  burst: {
    snapshot: snapshot({
      requests: [
        payment,
        ...[0, 12, 31, 44, 70].map((ago, index) =>
          request(20 + index, {
            createdAt: at(-ago),
            expiresAt: at(300 - ago),
          }),
        ),
      ],
    }),
  },
  "number-server": { snapshot: snapshot({ requests: [matched] }) },
  "number-app": { snapshot: snapshot({ requests: [matchedHere] }) },
  "number-locked": {
    snapshot: snapshot({ requests: [matched] }),
    fails: { approve: failure("numberLocked") },
  },
  "report-address": {
    snapshot: withOne,
    told: [
      {
        kind: "address",
        url: "https://verify.acme.example/report?case=81-C&from=countersign",
      },
    ],
  },
  "report-nobody": { snapshot: withOne, told: [{ kind: "nobody" }] },
  "report-fails": {
    snapshot: withOne,
    told: [
      { kind: "failed", detail: "the server cannot be reached" },
      { kind: "server" },
    ],
  },
  hurry: {
    snapshot: snapshot({ requests: [request(1, { expiresAt: at(24) })] }),
  },
  "no-message": {
    snapshot: snapshot({
      requests: [request(1, { message: "", fields: [], account: null })],
    }),
  },
  twins: { snapshot: snapshot({ requests: [request(1, { twins: 2 })] }) },
  unsigned: {
    snapshot: snapshot({
      requests: [
        request(1, {
          detailsSigned: false,
          fields: request(1).fields.map((field) => ({
            ...field,
            signed: false,
          })),
          signatureFields: ["sid", "factor_sid"],
        }),
      ],
    }),
  },
  long: {
    snapshot: snapshot({
      requests: [
        request(1, {
          issuer:
            "The Honourable Company of Merchants Trading Somewhere Rather Far Away",
          message: `${"Please read this carefully before you answer, because it is long. ".repeat(5)}Do you agree?`,
          fields: Array.from({ length: 20 }, (_, index) => ({
            label: `Field number ${index + 1} with a wide name`.slice(0, 36),
            value:
              index % 3 === 0
                ? "0123456789abcdef".repeat(16)
                : `Value ${index + 1}`,
            signed: true,
          })),
        }),
      ],
    }),
  },
  hostile: {
    snapshot: snapshot({
      requests: [
        request(1, {
          issuer: "Ac\u200dme\u202e",
          message:
            "<b>Approve</b> \u202e000,1\u202c EUR?\n\n\n\n\n\nhttps://evil.example/click\u0007\u200b",
          fields: [
            {
              label: "Am\nount",
              value: "<script>alert(1)</script>",
              signed: true,
            },
            {
              label: "\u2066Name\u2069",
              value: "بنك الشمال 100 USD",
              signed: true,
            },
            {
              label: "Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
              value: "\u0000\u001b[31m",
              signed: true,
            },
          ],
        }),
      ],
    }),
  },
  changed: {
    snapshot: withOne,
    fresh: [
      one,
      request(1, {
        digest: "a-fresh-digest",
        fields: one.fields.map((field) =>
          field.label === "Place"
            ? { ...field, value: "Lagos, Nigeria" }
            : field,
        ),
      }),
    ],
    fails: {
      approve: failure("changedSinceShown"),
      deny: failure("changedSinceShown"),
    },
  },
  "answered-elsewhere": {
    snapshot: withOne,
    fresh: [one, { ...one, status: "approved" }],
    fails: {
      approve: failure("alreadyAnswered"),
      deny: failure("alreadyAnswered"),
    },
  },
  withdrawn: { snapshot: withOne, fails: { approve: failure("notFound") } },
  "expired-on-answer": {
    snapshot: withOne,
    fails: { approve: failure("expired") },
  },
  "key-lost": { snapshot: withOne, fails: { approve: failure("keyLost") } },
  revoked: {
    snapshot: withOne,
    fails: { approve: failure("factorRevoked", "401 20003") },
  },
  refused: {
    snapshot: withOne,
    fails: { approve: failure("refused", "403 60318") },
  },
  "offline-on-answer": {
    snapshot: withOne,
    fails: { approve: failure("offline"), deny: failure("offline") },
  },
  "unconfirmed-on-answer": {
    snapshot: withOne,
    fails: {
      approve: failure("unconfirmed", "504"),
      deny: failure("unconfirmed", "504"),
    },
  },
  "keychain-refused": {
    snapshot: withOne,
    fails: { approve: failure("keychainRefused") },
  },
  "clock-refused": { snapshot: withOne, fails: { approve: failure("clock") } },
  "storage-broken": {
    snapshot: withOne,
    fails: { approve: failure("storage") },
  },
  answering: { snapshot: withOne, hangs: ["approve", "deny"] },
};
