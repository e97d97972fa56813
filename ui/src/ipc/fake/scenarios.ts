import type {
  EnrolmentPreview,
  Health,
  HistoryEntryView,
  RequestView,
  SettingsView,
  Snapshot,
  Told,
} from "../bindings";
import type { HostError } from "../host";
import {
  at,
  entry,
  factor,
  failure,
  northwind,
  preview,
  request,
  snapshot,
} from "./data";

/** What a fake program says, and how its answers turn out. */
export interface Scenario {
  snapshot: Snapshot;
  history?: HistoryEntryView[];
  settings?: Partial<SettingsView>;
  health?: Health;
  preview?: EnrolmentPreview;
  /** What certain links lead to, where there are several. */
  previews?: Record<string, EnrolmentPreview>;
  /** What the QR codes say in whichever picture is read. */
  links?: string[];
  /** The fresh copy that `showRequest` brings, call by call; the last one stays. */
  fresh?: RequestView[];
  /** The commands that fail, and with what. */
  fails?: Partial<
    Record<
      | "snapshot"
      | "previewLink"
      | "readPicture"
      | "readFrame"
      | "readClipboard"
      | "readScreen"
      | "useCamera"
      | "enrol"
      | "showRequest"
      | "approve"
      | "deny"
      | "reportNotMe"
      | "checkNow"
      | "removeFactor"
      | "pendingLink"
      | "history"
      | "changePolicy"
      | "pinState"
      | "setPin"
      | "removePin"
      | "verifyPresence"
      | "settings"
      | "changeSettings"
      | "mute"
      | "unmute"
      | "autostart"
      | "setAutostart"
      | "lock"
      | "unlock"
      | "stillHere"
      | "health"
      | "pendingRequest",
      HostError
    >
  >;
  /** What becomes of a report, call by call; the last one stays. */
  told?: Told[];
  /** False when removing a factor cannot reach its server. */
  serverTold?: boolean;
  /** The link that the window was opened with. */
  openedWith?: string | null;
  /** The app's PIN, if there is one. */
  pin?: string;
  /** Whether the system asks who is there, and finds that it is the right person. */
  systemAsks?: boolean;
  /** The request that was chosen outside the window before it was there. */
  openedAt?: string | null;
  /** Commands that never answer, to look at the waiting. */
  hangs?: string[];
}

const one = request(1);
const payment = request(2, {
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

const offline = {
  online: false,
  offlineSince: at(-240),
  lastChecked: at(-240),
  factors: [
    factor(1, {
      connection: { kind: "offline", since: at(-240) },
      lastContact: at(-240),
    }),
  ],
} satisfies Partial<Snapshot>;

const pastEntries = [
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

/** The number that every fake request asks for, if it asks for one. */
export const NUMBER = "042137";

const matched = request(1, {
  number: { checkedBy: "server", digits: null, triesLeft: 3 },
});
const matchedHere = request(1, {
  number: { checkedBy: "app", digits: 6, triesLeft: 3 },
});

const withOne = snapshot({ requests: [one] });

/** Every state of the window by name, for a browser and for the stories. */
export const scenarios: Record<string, Scenario> = {
  "first-run": {
    snapshot: snapshot({ factors: [], lastChecked: null }),
    settings: { firstRunDone: false },
  },
  "no-accounts": { snapshot: snapshot({ factors: [], lastChecked: null }) },
  locked: {
    snapshot: snapshot({ locked: true, requests: [one, payment] }),
    pin: "135790",
  },
  "locked-empty": { snapshot: snapshot({ locked: true }), systemAsks: true },
  "locked-refused": {
    snapshot: snapshot({ locked: true, requests: [one] }),
    fails: { unlock: failure("presenceRefused") },
  },
  muted: {
    snapshot: snapshot({
      mutes: [{ factorSid: null, until: at(3_600), reported: false }],
    }),
  },
  "muted-reported": {
    snapshot: snapshot({
      requests: [payment],
      mutes: [{ factorSid: factor(1).sid, until: at(1_200), reported: true }],
    }),
  },
  "with-pin": { snapshot: snapshot(), pin: "135790" },
  "system-asks": { snapshot: snapshot(), systemAsks: true },
  unlockable: { snapshot: snapshot({ lockable: false }) },
  "setting-fails": {
    snapshot: snapshot(),
    fails: {
      changeSettings: failure("storage"),
      setAutostart: failure("autostartRefused"),
    },
  },
  "policy-silent": {
    snapshot: snapshot({
      factors: [
        factor(1, {
          policy: {
            verification: "unusual",
            answerFromNotification: true,
            answerFromTray: false,
            silentOnThisComputer: true,
          },
        }),
      ],
    }),
    pin: "135790",
  },
  unhealthy: {
    snapshot: snapshot(),
    health: {
      items: [
        {
          id: "keychain",
          state: "bad",
          finding: "locked",
          detail: null,
          place: null,
        },
        {
          id: "notifications",
          state: "warn",
          finding: "limited",
          detail: "xfce4-notifyd",
          place: null,
        },
        {
          id: "tray",
          state: "warn",
          finding: "missing",
          detail: null,
          place: null,
        },
        {
          id: "links",
          state: "warn",
          finding: "elsewhere",
          detail: "other.desktop",
          place: null,
        },
        {
          id: "clock",
          state: "bad",
          finding: "off",
          detail: "7260",
          place: null,
        },
        {
          id: "presence",
          state: "warn",
          finding: "missing",
          detail: null,
          place: null,
        },
        {
          id: "autostart",
          state: "ok",
          finding: "notChosen",
          detail: null,
          place: null,
        },
      ],
    },
  },
  "health-fails": {
    snapshot: snapshot(),
    fails: { health: failure("internal") },
  },
  "unusual-denied": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "recentlyDenied" }] }),
  },
  "unusual-first": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "firstApproval" }] }),
  },
  "unusual-message": {
    snapshot: snapshot({ requests: [{ ...one, unusual: "newMessage" }] }),
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
  "offline-empty": {
    snapshot: snapshot(offline),
    fails: { checkNow: failure("offline") },
  },
  "offline-request": {
    snapshot: snapshot({ ...offline, requests: [one] }),
    fails: { showRequest: failure("offline"), checkNow: failure("offline") },
  },
  "clock-wrong": {
    snapshot: snapshot({
      requests: [one],
      factors: [
        factor(1, { connection: { kind: "clockSkewed", seconds: 7_260 } }),
        {
          ...northwind,
          connection: { kind: "clockSkewed", seconds: -93_600 },
        },
      ],
    }),
  },
  "not-polling": { snapshot: snapshot({ polling: false }) },
  "keychain-locked": {
    snapshot: snapshot({ state: "keychainLocked" }),
    fails: { checkNow: failure("keychainLocked") },
  },
  "keychain-missing": { snapshot: snapshot({ state: "keychainMissing" }) },
  "cannot-start": {
    snapshot: snapshot(),
    fails: { snapshot: failure("storage", "database disk image is malformed") },
  },
  factors: {
    snapshot: snapshot({
      factors: [
        factor(1),
        northwind,
        factor(3, {
          issuer: "Old Shop",
          account: "ada",
          serverHost: "verify.twilio.com",
          connection: { kind: "signedOut" },
          lastContact: at(-500_000),
        }),
        factor(4, {
          issuer: null,
          account: null,
          friendlyName: "Laptop",
          serverHost: "127.0.0.1:8080",
          status: "unverified",
          connection: { kind: "offline", since: at(-600) },
          lastContact: null,
        }),
      ],
    }),
  },
  "factors-untold": { snapshot: snapshot(), serverTold: false },
  "remove-fails": {
    snapshot: snapshot(),
    fails: { removeFactor: failure("keychainLocked") },
  },
  "codes-several": {
    snapshot: snapshot({ factors: [] }),
    links: ["countersign://a", "countersign://b", "countersign://broken"],
    previews: {
      "countersign://b": preview({
        host: "id.northwind.example",
        issuer: "Northwind Bank",
        account: "Ada Lovelace · 4711",
      }),
    },
  },
  "code-missing": {
    snapshot: snapshot({ factors: [] }),
    fails: {
      readPicture: failure("codeMissing"),
      readScreen: failure("screenUnavailable"),
      readClipboard: failure("clipboardEmpty"),
    },
  },
  "code-one-time": {
    snapshot: snapshot({ factors: [] }),
    fails: { readPicture: failure("linkOneTimeCode") },
  },
  "code-reading": {
    snapshot: snapshot({ factors: [] }),
    hangs: ["readScreen"],
  },
  "link-ticket": {
    snapshot: snapshot({ factors: [] }),
    preview: preview({
      kind: "ticket",
      issuer: null,
      account: null,
      identity: null,
      serviceSid: null,
    }),
  },
  "link-cloud": {
    snapshot: snapshot({ factors: [] }),
    preview: preview({ host: "verify.twilio.com", cloud: true }),
  },
  "link-loopback": {
    snapshot: snapshot({ factors: [] }),
    preview: preview({ host: "127.0.0.1:8080", isLoopback: true }),
  },
  "link-punycode": {
    snapshot: snapshot({ factors: [] }),
    preview: preview({
      host: "xn--acm-ija.example",
      hostIsPunycode: true,
      hostUnicode: "acmё.example",
    }),
  },
  "opened-by-link": {
    snapshot: snapshot({ factors: [] }),
    openedWith:
      "countersign://enrol?v=1&server=https://verify.acme.example&token=eyJ",
  },
  "link-invalid": {
    snapshot: snapshot({ factors: [] }),
    fails: {
      previewLink: failure("linkInvalid", "unknown parameter “approve”"),
    },
  },
  "link-used": {
    snapshot: snapshot({ factors: [] }),
    fails: { enrol: failure("linkUsedOrExpired", "410 Gone") },
  },
};
