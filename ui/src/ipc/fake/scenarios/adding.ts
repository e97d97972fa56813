import type { Scenario } from "../scenario";
import { failure, preview, snapshot } from "../data";

/** The first run, and every way to add an account. */
export const adding: Record<string, Scenario> = {
  "first-run": {
    snapshot: snapshot({ factors: [], lastChecked: null }),
    settings: { firstRunDone: false },
  },
  "no-notifications": {
    snapshot: snapshot({ factors: [], lastChecked: null }),
    settings: { firstRunDone: false },
    takesNotifications: false,
  },
  "no-accounts": { snapshot: snapshot({ factors: [], lastChecked: null }) },
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
