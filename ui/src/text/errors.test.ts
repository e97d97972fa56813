import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../ipc/bindings";
import { errorTexts } from "./errors";

// The compiler checks that every code is here.
const every: Record<ErrorCode, true> = {
  linkInvalid: true,
  linkOneTimeCode: true,
  linkOtherKind: true,
  linkTooNew: true,
  linkInsecure: true,
  codeMissing: true,
  codeOther: true,
  pictureTooLarge: true,
  pictureUnknown: true,
  pictureDamaged: true,
  clipboardEmpty: true,
  screenUnavailable: true,
  linkUsedOrExpired: true,
  notFound: true,
  expired: true,
  alreadyAnswered: true,
  changedSinceShown: true,
  numberNeeded: true,
  wrongNumber: true,
  wrongNumberDenied: true,
  numberLocked: true,
  presenceRefused: true,
  presenceUnavailable: true,
  pinNeeded: true,
  pinWrong: true,
  pinLength: true,
  pinStillNeeded: true,
  offline: true,
  unconfirmed: true,
  clock: true,
  keychainMissing: true,
  keychainLocked: true,
  keychainRefused: true,
  keyLost: true,
  refused: true,
  factorRevoked: true,
  keyUnclear: true,
  vaultLocked: true,
  passphraseNeeded: true,
  passphraseWrong: true,
  passphraseShort: true,
  vaultMissing: true,
  vaultUnusable: true,
  vaultDamaged: true,
  vaultFull: true,
  locked: true,
  lockUnavailable: true,
  choiceInvalid: true,
  autostartRefused: true,
  storage: true,
  storageTooNew: true,
  storageDamaged: true,
  storageOutdated: true,
  internal: true,
};
const codes = Object.keys(every) as ErrorCode[];
/** Before there is an account there is nothing to approve. */
const reading = /^(link|code|picture|clipboard|screen)/;
const report = (code: ErrorCode) => ({
  code,
  triesLeft: null,
  waitSeconds: null,
  detail: null,
});

describe("an error", () => {
  it.each(codes)("%s has its own sentence and advice", (code) => {
    const texts = errorTexts(report(code), "enrol");
    expect(texts.what).toContain("not added");
    expect(texts.advice).toMatch(/\.$/);
    expect(texts.code).toBe(code);
  });

  it.each(codes.filter((code) => !reading.test(code)))(
    "%s says whether anything was approved",
    (code) => {
      const { what } = errorTexts(report(code), "approve");
      expect(what).toMatch(/approved|approval|signed|sent/);
    },
  );

  it("has titles that differ", () => {
    const titles = codes.map((code) => errorTexts(report(code), "read").title);
    expect(new Set(titles).size).toBe(codes.length);
  });

  it("says what did not happen where there was something to remove", () => {
    const texts = errorTexts(report("notFound"), "remove");
    expect(texts.title).toBe("This account is no longer on this computer");
    expect(texts.what).toBe("There was nothing to remove.");
  });

  it("of an unknown code is called a fault of ours, with its code", () => {
    const later = { ...report("later" as ErrorCode), detail: "x\n\u202ey" };
    expect(errorTexts(later, "approve")).toMatchObject({
      title: "Something went wrong inside Countersign",
      what: "Nothing was confirmed as approved.",
      code: "later · x \ufffdy",
    });
  });
});
