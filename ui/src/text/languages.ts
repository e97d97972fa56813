/** The languages that there are texts in, under their own names. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  pt: "Português (Brasil)",
  ja: "日本語",
  ar: "العربية",
};

/** Which way a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

/**
 * The locale whose dates and times a language is read with: the person's own variant of
 * it, if the system has one, and always the digits of the keyboard. A number that has to
 * be compared or typed must look the same everywhere.
 */
export function localeOf(
  language: string,
  preferred: readonly string[] = navigator.languages,
): string {
  const own = preferred.find((locale) => locale.split("-")[0] === language);
  return new Intl.Locale(own ?? language, {
    numberingSystem: "latn",
  }).toString();
}
