/**
 * English as a language that nobody speaks: each letter has an accent, words are about
 * 40 % longer, and each text stands in brackets. What still reads as English on a screen
 * never came from the files of texts, and what has lost its bracket was cut off.
 */
export function pseudo(source: string): string {
  return source
    .split("\n")
    .map((line) => {
      const [, start = "", text = ""] = PATTERN.exec(line) ?? [];
      if (!text) return line;
      const parts = text.split(/(\{[^}]*\})/u);
      return `${start}⟦${parts.map((part) => (part.startsWith("{") ? part : strange(part))).join("")}⟧`;
    })
    .join("\n");
}

/** The beginning of a text, or of one of its forms, and the text. */
const PATTERN = /^([a-zA-Z][\w-]* = |\s+\*?\[\w+\] )(.+)$/u;

const PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const STRANGE = Array.from(
  "áƀçđéƒğĥíĵķłɱñóƥɋřšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶŁṀÑÓƤɊŘŠŢÚṼŴẊÝŽ",
);

/** Vowels twice, which makes a text longer and lets it break where it did. */
function strange(text: string): string {
  return Array.from(text)
    .map((letter) => {
      const other = STRANGE[PLAIN.indexOf(letter)] ?? letter;
      return /[aeiouy]/iu.test(letter) ? other + other : other;
    })
    .join("");
}
