import type { Snapshot } from "../../bindings";
import type { Scenario } from "../scenario";
import { at, factor, failure, northwind, snapshot } from "../data";
import { one, payment } from "../samples";

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

const inVault = { ...northwind, keyLocation: "vault" as const };

/** States of the whole window: offline, in trouble, locked, quiet. */
export const states: Record<string, Scenario> = {
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
    snapshot: snapshot({ state: "keychainLocked", passphrase: "makes" }),
    fails: { checkNow: failure("keychainLocked") },
  },
  "keychain-missing": {
    snapshot: snapshot({ state: "keychainMissing", passphrase: "makes" }),
  },
  "keychain-missing-told": {
    snapshot: snapshot({ state: "keychainMissing" }),
  },
  "keychain-away": { snapshot: snapshot({ keychainAway: true }) },
  "passphrase-needed": {
    snapshot: snapshot({ factors: [factor(1), inVault] }),
    passphrase: "correct horse battery",
  },
  "vault-gone": {
    snapshot: snapshot({ factors: [factor(1), inVault], passphrase: "makes" }),
  },
  "vault-missing": {
    snapshot: snapshot(),
    fails: {
      snapshot: failure("vaultMissing", "there is no vault at /home/ada/vault"),
    },
  },
  "cannot-start": {
    snapshot: snapshot(),
    fails: { snapshot: failure("storage", "database disk image is malformed") },
  },
  locked: {
    snapshot: snapshot({ locked: true, requests: [one, payment] }),
    pin: "135790",
  },
  "locked-empty": { snapshot: snapshot({ locked: true }), systemAsks: true },
  "locked-refused": {
    snapshot: snapshot({ locked: true, requests: [one] }),
    fails: { unlock: failure("presenceRefused") },
  },
  "no-tray": { snapshot: snapshot(), trayMissing: true },
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
};
