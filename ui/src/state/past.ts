import type { HistoryEntryView } from "../ipc/bindings";
import { plainLine } from "../text/plain";
import { requesterOf } from "./endings";

/** Which entries of the history somebody wants to see. */
export interface Wanted {
  /** Words that must all stand somewhere in the entry. */
  words: string;
  /** The factor that was asked; empty for all. */
  factor: string;
}

/** The entries that are wanted, in the order in which they came. */
export function filtered(
  entries: HistoryEntryView[],
  { words, factor }: Wanted,
): HistoryEntryView[] {
  const all = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (factor && entry.factorSid !== factor) return false;
    const text = textOf(entry).toLocaleLowerCase();
    return all.every((word) => text.includes(word));
  });
}

/** Each factor that has an entry, with a name that tells it from the others. */
export function factorsOf(
  entries: HistoryEntryView[],
): { sid: string; name: string }[] {
  const names = new Map<string, string>();
  for (const entry of entries)
    if (!names.has(entry.factorSid))
      names.set(
        entry.factorSid,
        [requesterOf(entry), plainLine(entry.account ?? entry.serverHost)].join(
          " · ",
        ),
      );
  return [...names].map(([sid, name]) => ({ sid, name }));
}

function textOf(entry: HistoryEntryView): string {
  const { message, account, serverHost, sid, fields } = entry;
  return [
    requesterOf(entry),
    message,
    account ?? "",
    serverHost,
    sid,
    ...fields.flatMap(({ label, value }) => [label, value]),
  ]
    .map(plainLine)
    .join(" ");
}
