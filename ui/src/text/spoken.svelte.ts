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
  /** Where texts are looked for, in this order. */
  bundles: FluentBundle[];
}

const SILENT: Spoken = { language: "en", locale: "en", bundles: [] };
let now = $state.raw<Spoken>(SILENT);
let asked = 0;

/** The language of the page. Whatever a screen makes of it follows a change. */
export const spoken = (): Spoken => now;

/** Loads a language, and says everything in it from then on. */
export async function speak(language: string): Promise<void> {
  const ask = ++asked;
  const tag = `../locales/${language}.ftl` in files ? language : "en";
  // English stands in for what has not been translated yet.
  const wanted = tag === "en" ? [tag] : [tag, "en"];
  const texts = await Promise.all(
    wanted.map(async (of) => (await files[`../locales/${of}.ftl`]?.()) ?? ""),
  );
  // Whoever chose another one meanwhile gets that.
  if (ask === asked) speakTexts(tag, texts);
}

/** Says everything in these texts, each standing in for what the one before lacks. */
export function speakTexts(language: string, texts: string[]): void {
  const direction = directionOf(language);
  const locale = localeOf(language);
  const bundles = texts.map((text) => {
    // Names from outside are isolated one by one with `name`, so that our own times and
    // counts stay free of invisible marks; in a text that runs from right to left
    // everything that is filled in is.
    const useIsolating = direction === "rtl";
    const bundle = new FluentBundle(locale, { useIsolating });
    const faults = bundle.addResource(new FluentResource(text));
    if (faults.length > 0) throw new AggregateError(faults, language);
    return bundle;
  });
  now = { language, locale, bundles };
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}
