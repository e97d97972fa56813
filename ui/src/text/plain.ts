/**
 * Text that came from outside, made safe to look at.
 *
 * Nothing here changes what is signed: the program pins and signs the bytes as the
 * server sent them. The screen shows every character that could hide or reorder
 * others as U+FFFD, so that a person sees that something is there.
 */

const REPLACEMENT = "\ufffd";

// Controls, formats (all direction marks and overrides among them), lone surrogates,
// private use, noncharacters, whatever Unicode lets a font leave out, and what leaves no
// ink though it counts as a symbol or a mark: the empty Braille pattern, the null note
// head and a Khitan filler. Joiners and variation selectors stay: scripts and emoji need
// them. crates/protocol/src/plain.rs has the same rules for the terminal.
const UNSEEN =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)(?:[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|\u2800|\u{1d159}|\u{16fe4})/gu;
// White space, but for the byte order mark, which counts as such and is not seen.
const SPACE = /(?:(?!\ufeff)\s)+/gu;
// A joiner after a plain ASCII character joins nothing and only tells two equal
// looking words apart.
const IDLE_JOINER = /(^|[\x20-\x7e])(?:\u200c|\u200d)+/g;
// Marks piled higher than any language writes them reach into other lines.
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function neutralise(text: string): string {
  return text
    .replace(UNSEEN, REPLACEMENT)
    .replace(IDLE_JOINER, `$1${REPLACEMENT}`)
    .replace(PILED_MARKS, "$1");
}

/** One line: every run of white space becomes one space. */
export function plainLine(text: string): string {
  return neutralise(text.replace(SPACE, " ").trim());
}

/** A paragraph: line breaks stay, but never more than one empty line. */
export function plainText(text: string): string {
  const lines = text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").trim();
  return lines
    .split("\n")
    .map((line) => neutralise(line.replace(SPACE, " ")))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}

/** Whether something in `text` is shown as a replacement character. */
export function hidesCharacters(text: string): boolean {
  return !text.includes(REPLACEMENT) && plainText(text).includes(REPLACEMENT);
}

/**
 * A name from outside for use inside one of our sentences. A name in a script of
 * the other direction is isolated, so that it cannot reorder the words around it.
 */
export function name(text: string): string {
  const line = plainLine(text);
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}
