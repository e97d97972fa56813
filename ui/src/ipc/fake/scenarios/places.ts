import type { Scenario } from "../scenario";
import { at, factor, failure, northwind, snapshot } from "../data";

/** The places beside the inbox: factors and their rules, settings, health. */
export const places: Record<string, Scenario> = {
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
};
