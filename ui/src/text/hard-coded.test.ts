import { parse, type AST } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const screens = import.meta.glob<string>("../**/*.svelte", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What a person reads or hears of an element beside its content. */
const SPOKEN =
  /^(aria-(label|description|valuetext|roledescription)|title|placeholder|alt|label)$/;

/** What a word may be given to or compared with, without being said. */
const SILENT = new Set(["CallExpression", "BinaryExpression"]);

/** The words of a screen that are written into it. */
function wordsIn(source: string): string[] {
  const words: string[] = [];
  const keep = (text: unknown) => {
    if (typeof text === "string" && /\p{L}/u.test(text))
      words.push(text.trim());
  };
  /** A sentence hides in `a ? "b" : c` and in `d ?? "e"` as well. */
  const keepLiterals = (node: Node) => {
    if (node.type === "Literal") keep(node.value);
    if (node.type === "TemplateElement")
      keep((node.value as { cooked?: string }).cooked);
    if (!SILENT.has(node.type)) children(node).forEach(keepLiterals);
  };
  const visit = (node: Node) => {
    if (node.type === "Text") keep(node.data);
    else if (node.type === "ExpressionTag") keepLiterals(node);
    else if (node.type === "Attribute") {
      if (!SPOKEN.test(String(node.name))) return;
      for (const part of children(node)) {
        keep(part.data);
        keepLiterals(part);
      }
    } else children(node).forEach(visit);
  };
  visit(parse(source, { modern: true }).fragment as AST.Fragment & Node);
  return words;
}

interface Node {
  type: string;
  [member: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value;

const children = (node: Node): Node[] =>
  Object.values(node).flatMap((member) =>
    (Array.isArray(member) ? member : [member]).filter(isNode),
  );

describe("a screen", () => {
  it.each(Object.keys(screens))("%s holds no sentence of its own", (path) => {
    expect(wordsIn(screens[path] ?? "")).toEqual([]);
  });

  it("that holds one is found", () => {
    const source = `<p class="muted" title="Why">Hello {name ?? "you"}</p>
      <b aria-label={on ? "On" : t("off")}>{t("word", { kind: "x" })}</b>
      {#if a === "b"}<i>{\`\${n} left\`}</i>{/if}`;
    expect(wordsIn(source)).toEqual(["Why", "Hello", "you", "On", "left"]);
  });
});
