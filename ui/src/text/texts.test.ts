import { describe, expect, it } from "vitest";
import english from "../locales/en.ftl?raw";
import { hasText, t } from "./messages";

const sources = import.meta.glob<string>(
  ["../**/*.svelte", "../**/*.ts", "!../**/*.test.ts", "!../ipc/**"],
  { query: "?raw", import: "default", eager: true },
);
const program = import.meta.glob<string>("../../../src-tauri/src/**/*.rs", {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = [sources, program].flatMap(Object.values<string>).join("\n");
const keys = [...english.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(
  (m) => m[1] ?? "",
);

describe("texts", () => {
  it("exist for every key that the program asks for", () => {
    // In Rust the language comes first.
    const call = /\b(?:t|say)\(\s*(?:\w+,\s*)?["'`]([\w-]+)["'`]/g;
    const asked = [...code.matchAll(call)]
      .map((m) => m[1] ?? "")
      .filter((key) => key !== "no-such-text" && !key.endsWith("-"));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !hasText(key))).toEqual([]);
  });

  it("are all used", () => {
    // Keys that are put together from a state's name.
    const family =
      /^(error|camera|ended|history|factor|place|key-place|number-checked|unusual|policy|settings|pin|health|start|trial|practice)-/;
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
