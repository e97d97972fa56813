import type { Place } from "./app.svelte";

/** The places in the order of the header, and so of Ctrl+1, Ctrl+2, Ctrl+3. */
export const PLACES = ["inbox", "factors", "settings"] as const;

/** The place that a key leads to, if it is one of those that do. */
export function shortcut(event: KeyboardEvent): Place | null {
  if (event.defaultPrevented || event.altKey) return null;
  // On a Mac it is the command key; nobody uses the other one there.
  if (event.ctrlKey || event.metaKey)
    return event.shiftKey ? null : (PLACES[Number(event.key) - 1] ?? null);
  return event.key === "/" && !isTyping(event.target) ? "history" : null;
}

/** Whether keys are letters there, and not orders. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input, textarea, select, [contenteditable]")
  );
}
