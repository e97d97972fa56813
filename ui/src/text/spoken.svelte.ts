import { FluentBundle, FluentResource } from "@fluent/bundle";
import { directionOf, localeOf } from "./languages";

const files = import.meta.glob<string>("../locales/*.ftl", {
  query: "?raw",
  import: "default",
});

interface Spoken {
  language: string;
  /** For dates and times. */
  locale: string;
  /** Its texts. */
  bundle: FluentBundle;
}

let now = $state.raw<Spoken>({
  language: "",
  locale: "en",
  bundle: new FluentBundle("en"),
});
let asked = 0;

/** The language of the page. Whatever a screen makes of it follows a change. */
export const spoken = (): Spoken => now;

/** Loads a language, and says everything in it from then on. */
export async function speak(language: string): Promise<void> {
  const ask = ++asked;
  const tag = `../locales/${language}.ftl` in files ? language : "en";
  const text = await files[`../locales/${tag}.ftl`]?.();
  // Whoever chose another one meanwhile gets that.
  if (ask === asked && text !== undefined) speakText(tag, text);
}

/** Says everything in this text. */
export function speakText(language: string, text: string): void {
  const direction = directionOf(language);
  const locale = localeOf(language);
  // Names from outside are isolated one by one with `name`, so that our own times and
  // counts stay free of invisible marks; in a text that runs from right to left
  // everything that is filled in is.
  const useIsolating = direction === "rtl";
  const bundle = new FluentBundle(locale, { useIsolating });
  const faults = bundle.addResource(new FluentResource(text));
  if (faults.length > 0) throw new AggregateError(faults, language);
  now = { language, locale, bundle };
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}
