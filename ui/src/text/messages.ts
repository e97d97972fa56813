import type { FluentVariable } from "@fluent/bundle";
import { spoken } from "./spoken.svelte";

/** Whether there is a text with this key. */
export function hasText(id: string): boolean {
  return spoken().bundle.hasMessage(id);
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
  const { bundle } = spoken();
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
