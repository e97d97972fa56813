import type {
  EnrolmentPreview,
  ErrorCode,
  FactorView,
  Health,
  HistoryEntryView,
  RequestView,
  SettingsView,
  Snapshot,
} from "../bindings";
import { HostError } from "../host";

/** The moment at which every scenario begins. */
export const START = Date.parse("2026-11-20T14:02:00Z");

/** The ISO text of `seconds` after the start; negative for before. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

function sid(prefix: string, number: number): string {
  return prefix + number.toString(16).padStart(32, "0");
}

export function factor(
  number: number,
  own: Partial<FactorView> = {},
): FactorView {
  return {
    sid: sid("YF", 0xacce5500 + number),
    friendlyName: "Work computer",
    issuer: "Acme",
    account: "ada@acme.example",
    identity: "5c1e6a02-ada",
    serverHost: "verify.acme.example",
    keyLocation: "keyring",
    status: "verified",
    createdAt: at(-86_400 * 12),
    policy: {
      verification: "never",
      answerFromNotification: false,
      answerFromTray: false,
      silentOnThisComputer: false,
    },
    connection: { kind: "online" },
    lastContact: at(0),
    ...own,
  };
}

export const northwind = factor(2, {
  issuer: "Northwind Bank",
  account: "Ada Lovelace · 4711",
  identity: "nw-88213",
  serverHost: "id.northwind.example",
  createdAt: at(-86_400 * 90),
  lastContact: at(-20),
});

/** A request whose `secondsLeft` is meant for the start; the fake counts it down. */
export function request(
  number: number,
  own: Partial<RequestView> = {},
): RequestView {
  const expiresAt = own.expiresAt ?? at(102);
  return {
    sid: sid("YC", 0xc0ffee00 + number),
    factorSid: factor(1).sid,
    issuer: "Acme",
    account: "ada@acme.example",
    identity: "5c1e6a02-ada",
    serverHost: "verify.acme.example",
    message: "Sign in to Acme on the web?",
    fields: [
      { label: "Browser", value: "Firefox 145 on Linux", signed: true },
      { label: "Place", value: "Lisbon, Portugal", signed: true },
      { label: "Address", value: "203.0.113.24", signed: true },
    ],
    date: null,
    createdAt: at(-198),
    expiresAt,
    secondsLeft: (Date.parse(expiresAt) - START) / 1000,
    status: "pending",
    digest: `3f6c1d0e9a7b48${number.toString(16).padStart(2, "0")}c2d4e6f8091a2b3c`,
    detailsSigned: true,
    number: null,
    unusual: null,
    needsPresence: false,
    onThisComputer: false,
    twins: 0,
    serviceSid: sid("VA", 0x5e41ce),
    accountSid: sid("AC", 0xacc0),
    signatureFields: [
      "account_sid",
      "service_sid",
      "factor_sid",
      "details",
      "sid",
    ],
    ...own,
  };
}

export function snapshot(own: Partial<Snapshot> = {}): Snapshot {
  return {
    state: "ready",
    factors: [factor(1), northwind],
    requests: [],
    lastChecked: at(0),
    online: true,
    offlineSince: null,
    polling: true,
    keychainAway: false,
    passphrase: "none",
    locked: false,
    lockable: true,
    pendingCount: 0,
    mutes: [],
    ...own,
  };
}

export function settings(own: Partial<SettingsView> = {}): SettingsView {
  return {
    language: null,
    theme: "system",
    closeToTray: true,
    notifications: true,
    lockAfterMinutes: null,
    lockWithSystem: true,
    hideFromCapture: false,
    historyDays: null,
    firstRunDone: true,
    ...own,
  };
}

/** A computer on which all is well. */
export function health(): Health {
  const ok = { state: "ok", detail: null, place: null } as const;
  return {
    items: [
      { ...ok, id: "keychain", finding: "works" },
      { ...ok, id: "keyLocation", finding: "works", place: "keyring" },
      { ...ok, id: "notifications", finding: "works", detail: "dunst" },
      { ...ok, id: "tray", finding: "works" },
      { ...ok, id: "links", finding: "works" },
      { ...ok, id: "clock", finding: "works" },
      { ...ok, id: "presence", finding: "works" },
      { ...ok, id: "autostart", finding: "notChosen" },
      { ...ok, id: "capture", finding: "missing" },
    ],
  };
}

export function preview(own: Partial<EnrolmentPreview> = {}): EnrolmentPreview {
  return {
    kind: "direct",
    host: "verify.acme.example",
    hostIsPunycode: false,
    hostUnicode: null,
    isLoopback: false,
    cloud: false,
    issuer: "Acme",
    account: "ada@acme.example",
    identity: "5c1e6a02-ada",
    serviceSid: sid("VA", 0x5e41ce),
    keyLocation: "keyring",
    ...own,
  };
}

export function entry(
  number: number,
  seconds: number,
  own: Partial<HistoryEntryView> = {},
): HistoryEntryView {
  return {
    sid: sid("YC", 0xfade00 + number),
    issuer: "Acme",
    account: "ada@acme.example",
    serverHost: "verify.acme.example",
    factorSid: factor(1).sid,
    message: "Sign in to Acme on the web?",
    fields: [
      { label: "Browser", value: "Firefox 145 on Linux", signed: true },
      { label: "Place", value: "Lisbon, Portugal", signed: true },
    ],
    askedAt: at(seconds - 45),
    signatureFields: [
      "account_sid",
      "service_sid",
      "factor_sid",
      "details",
      "sid",
    ],
    proofKept: own.answeredHere !== false,
    status: "approved",
    answeredHere: true,
    numberCheckedBy: null,
    wrongNumbers: 0,
    onThisComputer: false,
    silent: false,
    verifiedBy: null,
    at: at(seconds),
    ...own,
  };
}

export function failure(
  code: ErrorCode,
  detail: string | null = null,
  triesLeft: number | null = null,
  waitSeconds: number | null = null,
): HostError {
  return new HostError({ code, triesLeft, waitSeconds, detail });
}
