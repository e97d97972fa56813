import { describe, expect, it } from "vitest";
import english from "../locales/en.ftl?raw";
import { hasText, t } from "./messages";

const sources = import.meta.glob<string>(
  ["../**/*.svelte", "../**/*.ts", "!../**/*.test.ts", "!../ipc/**"],
  { query: "?raw", import: "default", eager: true },
);
const code = Object.values(sources).join("\n");
const keys = [...english.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(
  (m) => m[1] ?? "",
);

describe("texts", () => {
  it("exist for every key that the program asks for", () => {
    const asked = [...code.matchAll(/\bt\(\s*["'`]([\w-]+)["'`]/g)].map(
      (m) => m[1] ?? "",
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !hasText(key))).toEqual([]);
  });

  it("are all used", () => {
    // Keys that are put together from a state's name.
    const family = /^(error|ended|history|factor|place|number-checked)-/;
    const idle = keys.filter(
      (key) => !family.test(key) && !code.includes(`"${key}"`),
    );
    expect(idle).toEqual([]);
  });

  it("fill in their variables and plurals", () => {
    expect(t("duration-hours", { count: 1 })).toBe("1 hour");
    expect(t("duration-hours", { count: 2 })).toBe("2 hours");
  });
});
