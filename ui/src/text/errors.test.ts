import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../ipc/bindings";
import { errorTexts } from "./errors";

// The compiler checks that every code is here.
const every: Record<ErrorCode, true> = {
  linkInvalid: true,
  linkUsedOrExpired: true,
  notFound: true,
  expired: true,
  alreadyAnswered: true,
  changedSinceShown: true,
  numberNeeded: true,
  wrongNumber: true,
  wrongNumberDenied: true,
  numberLocked: true,
  offline: true,
  clock: true,
  keychainMissing: true,
  keychainLocked: true,
  keychainRefused: true,
  keyLost: true,
  refused: true,
  factorRevoked: true,
  storage: true,
  internal: true,
};
const codes = Object.keys(every) as ErrorCode[];
const report = (code: ErrorCode) => ({
  code,
  message: "m",
  advice: "a",
  triesLeft: null,
  detail: null,
});

describe("an error", () => {
  it.each(codes)("%s has its own sentence and advice", (code) => {
    const texts = errorTexts(report(code), "enrol");
    expect(texts.title).not.toBe("m");
    expect(texts.what).toContain("not added");
    expect(texts.advice).not.toBe("a");
    expect(texts.code).toBe(code);
  });

  it.each(codes.filter((code) => !code.startsWith("link")))(
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

  it("of an unknown code uses the program's own words, neutralised", () => {
    const texts = errorTexts(
      {
        code: "later" as ErrorCode,
        message: "New\u202e",
        advice: "Do this",
        triesLeft: null,
        detail: "x\ny",
      },
      "approve",
    );
    expect(texts).toMatchObject({
      title: "New\ufffd",
      advice: "Do this",
      code: "later · x y",
    });
  });
});
