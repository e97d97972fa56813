import { describe, expect, it } from "vitest";
import rust from "../../../crates/protocol/src/plain.rs?raw";
import { hidesCharacters, name, plainLine, plainText } from "./plain";

/** The characters that are not seen, as the program has them. */
const table = rust.slice(
  rust.indexOf("const UNSEEN"),
  rust.indexOf("mod tests"),
);

describe("text from outside", () => {
  it("shows direction overrides, isolates and marks as replacement characters", () => {
    for (const mark of "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c") {
      expect(plainLine(`pay${mark}100`)).toBe("pay\ufffd100");
    }
  });

  it("shows control characters and invisible ones", () => {
    const unseen =
      "\0\u0007\u001b\u007f\u0080\u200b\u2060\ufeff\u00ad\u115f\u3164\u2800\u{1d159}\u{16fe4}\u{e0041}";
    for (const mark of unseen) {
      expect(plainLine(`a${mark}b`)).toBe("a\ufffdb");
    }
  });

  it("shows whatever the terminal and the notification show", () => {
    const ranges = [
      ...table.matchAll(/\('\\u\{(\w+)\}', '\\u\{(\w+)\}'\)/g),
    ].map(([, first = "", last = ""]) => [
      Number.parseInt(first, 16),
      Number.parseInt(last, 16),
    ]);
    expect(ranges.length).toBeGreaterThan(30);
    // Joiners and variation selectors that serve, and line ends, which are space here.
    const kept = new Set([0x200c, 0x200d, 0xfe0e, 0xfe0f, 0x2028, 0x2029]);
    for (const [first = 0, last = 0] of ranges) {
      for (let code = first; code <= Math.min(last, first + 0xfff); code += 1) {
        const mark = String.fromCodePoint(code);
        if (kept.has(code)) continue;
        expect(plainLine(`ä${mark}b`), code.toString(16)).toBe("ä\ufffdb");
      }
    }
  });

  it("leaves ordinary text of any script alone", () => {
    for (const text of [
      "Grüße, 5 €",
      "שלום",
      "مرحبا",
      "新しい",
      "👩‍👩‍👧 ❤️",
      "نمی‌خواهم",
    ]) {
      expect(plainLine(text)).toBe(text);
    }
  });

  it("shows a joiner that joins nothing", () => {
    expect(plainLine("Ac\u200dme")).toBe("Ac\ufffdme");
    expect(plainLine("\u200cAcme")).toBe("\ufffdAcme");
  });

  it("replaces half a surrogate pair", () => {
    expect(plainLine("a\ud800b")).toBe("a\ufffdb");
  });

  it("keeps a label on one line", () => {
    expect(plainLine("  one\n\ttwo\u2028three ")).toBe("one two three");
  });

  it("keeps paragraphs but no tall gaps", () => {
    expect(plainText("one\r\ntwo\n\n\n\n\nthree")).toBe("one\ntwo\n\nthree");
  });

  it("cuts piled marks", () => {
    expect(plainLine(`Z${"\u0301".repeat(40)}`)).toBe(`Z${"\u0301".repeat(3)}`);
  });

  it("tells when something was replaced", () => {
    expect(hidesCharacters("plain")).toBe(false);
    expect(hidesCharacters("not \u202e plain")).toBe(true);
  });

  it("isolates only names of the other direction", () => {
    expect(name("Acme")).toBe("Acme");
    expect(name("بنك")).toBe("\u2068بنك\u2069");
  });
});
