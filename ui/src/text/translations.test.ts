import { FluentBundle, FluentResource, type Message } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import program from "../../../src-tauri/src/words.rs?raw";
import { LANGUAGES } from "./languages";

const files = import.meta.glob<string>("../locales/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const sourceOf = (language: string) =>
  files[`../locales/${language}.ftl`] ?? "";
const resourceOf = (language: string) =>
  new FluentResource(sourceOf(language)).body;
type Pattern = NonNullable<Message["value"]>;
type Part = Exclude<Exclude<Pattern, string>[number], string>;

/** Names, and words that are the same in English. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  every: ["app-name", "about-version"],
  de: [
    "status-offline",
    "error-code",
    "factor-server",
    "request-challenge",
    "pin",
    "passphrase",
  ],
  es: ["request-factor", "pin", "trial-no"],
  ja: ["pin"],
  fr: [
    "request-date",
    "request-service",
    "confirm-issuer",
    "factor-mute",
    "settings-notifications",
  ],
  pt: ["confirm-issuer", "pin"],
};

const CATEGORIES = new Set(["zero", "one", "two", "few", "many", "other"]);

/** The categories that counts as they occur here fall into. */
function categoriesOf(language: string): string[] {
  const rules = new Intl.PluralRules(language);
  const counts = Array.from({ length: 201 }, (_, count) => rules.select(count));
  return [...new Set<string>([...counts, "other"])].sort();
}

interface Shape {
  variables: Set<string>;
  /** What each choice chooses by, and between. */
  choices: { by: string; keys: string[] }[];
}

/** What a text is filled in with, and where it chooses. */
function shapeOf(pattern: Message["value"] | undefined): Shape {
  const shape: Shape = { variables: new Set(), choices: [] };
  const visit = (part: Pattern | Part): void => {
    if (typeof part === "string") return;
    if (Array.isArray(part)) {
      part.forEach(visit);
    } else if (part.type === "var") {
      shape.variables.add(part.name);
    } else if (part.type === "select") {
      visit(part.selector);
      const by = part.selector.type === "var" ? part.selector.name : "";
      const keys = part.variants.map(({ key, value }) => {
        visit(value);
        return String(key.value);
      });
      shape.choices.push({ by, keys });
    }
  };
  if (pattern) visit(pattern);
  return shape;
}

const english = new Map(resourceOf("en").map((m) => [m.id, m.value]));

describe("every language", () => {
  it("is one that the program speaks as well", () => {
    const [, tags = ""] = /= texts!\[(.*)\]/.exec(program) ?? [];
    const spoken = [...tags.matchAll(/"(\w+)"/g)].map(([, tag]) => tag);
    expect(spoken).toEqual(Object.keys(LANGUAGES));
  });

  it("has a file, and every file is a language", () => {
    const expected = Object.keys(LANGUAGES).map((l) => `../locales/${l}.ftl`);
    expect(Object.keys(files).sort()).toEqual(expected.sort());
  });

  it.each(Object.keys(LANGUAGES))("%s is read whole, each key once", (tag) => {
    const keys = [...sourceOf(tag).matchAll(/^(-?[a-zA-Z][\w-]*) =/gm)];
    const read = resourceOf(tag).map(({ id }) => id);
    expect(read).toEqual(keys.map(([, key]) => key));
    expect(
      new FluentBundle(tag).addResource(new FluentResource(sourceOf(tag))),
    ).toEqual([]);
  });
});

describe.each(Object.keys(LANGUAGES).filter((tag) => tag !== "en"))(
  "%s",
  (tag) => {
    const texts = new Map(resourceOf(tag).map((m) => [m.id, m.value]));

    it("says everything that English says, and nothing else", () => {
      expect([...english.keys()].filter((id) => !texts.has(id))).toEqual([]);
      expect([...texts.keys()].filter((id) => !english.has(id))).toEqual([]);
    });

    it("fills in the same variables", () => {
      const differing = [...texts].filter(([id, value]) => {
        const [own, meant] = [value, english.get(id)].map((pattern) =>
          [...shapeOf(pattern).variables].sort().join(),
        );
        return own !== meant;
      });
      expect(differing.map(([id]) => id)).toEqual([]);
    });

    it("has the forms that its counts take, and chooses as English does", () => {
      const faults = [...texts].flatMap(([id, value]) => {
        const meant = shapeOf(english.get(id)).choices;
        return shapeOf(value).choices.flatMap(({ by, keys }, at) => {
          const named = (of: string[]) => of.filter((k) => !CATEGORIES.has(k));
          const there = meant[at]?.by === by ? meant[at].keys : [];
          const forms = keys.filter((key) => CATEGORIES.has(key)).sort();
          const counts = there.some((k) => k !== "other" && CATEGORIES.has(k));
          const wanted = counts ? categoriesOf(tag) : forms;
          return forms.join() === wanted.join() &&
            named(keys).sort().join() === named(there).sort().join()
            ? []
            : [`${id}: ${keys.join(" ")}`];
        });
      });
      expect(faults).toEqual([]);
    });

    it("is translated", () => {
      const same = [...texts]
        .filter(([id, value]) => {
          const meant = english.get(id);
          return JSON.stringify(value) === JSON.stringify(meant);
        })
        .map(([id]) => id)
        .filter((id) => ![SAME.every, SAME[tag]].flat().includes(id));
      expect(same).toEqual([]);
    });
  },
);
