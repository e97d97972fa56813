import {
  FluentBundle,
  FluentResource,
  type FluentVariable,
} from "@fluent/bundle";
import english from "../locales/en.ftl?raw";

// Names from outside are isolated one by one with `name`, so that our own times
// and counts stay free of invisible marks.
const bundle = new FluentBundle("en", { useIsolating: false });
const faults = bundle.addResource(new FluentResource(english));
if (faults.length > 0) throw new AggregateError(faults, "en.ftl");

/** Whether there is a text with this key. */
export function hasText(id: string): boolean {
  return bundle.hasMessage(id);
}

/**
 * The text for `id` in the person's language.
 *
 * A missing key or variable is a fault in the program, and tests look for it; in
 * front of a person the key is better than nothing.
 */
export function t(
  id: string,
  args: Record<string, FluentVariable> = {},
): string {
  const pattern = bundle.getMessage(id)?.value;
  if (!pattern) {
    console.error(`No text for "${id}"`);
    return id;
  }
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, args, errors);
  for (const error of errors) console.error(`Text "${id}": ${error.message}`);
  return text;
}
