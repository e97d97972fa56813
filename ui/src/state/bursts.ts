import type { RequestView } from "../ipc/bindings";

/** So many equal requests within {@link SPAN_MILLISECONDS} are a burst. */
const MANY = 3;
const SPAN_MILLISECONDS = 60_000;

/** Requests that stand in the list as one: a single one, or a burst, the newest first. */
export type Group = [RequestView, ...RequestView[]];

/**
 * The list as a person can bear it. Whoever floods somebody with the same question hopes
 * for one tired click; so three or more with the same words, from one factor and within
 * a minute, are shown as one. Those that follow the others within a minute belong to them.
 */
export function bursts(newestFirst: RequestView[]): Group[] {
  const groups: Group[] = [];
  for (const request of newestFirst) {
    const group = groups.findLast((group) => isAlike(group[0], request));
    const last = group?.at(-1);
    if (group && last && apart(last, request) <= SPAN_MILLISECONDS)
      group.push(request);
    else groups.push([request]);
  }
  return groups
    .flatMap((group) =>
      isBurst(group) ? [group] : group.map((request): Group => [request]),
    )
    .toSorted(([a], [b]) => time(b) - time(a));
}

function isBurst(group: Group): boolean {
  return group.some((request, index) => {
    const third = group[index + MANY - 1];
    return third !== undefined && apart(request, third) <= SPAN_MILLISECONDS;
  });
}

function isAlike(one: RequestView, other: RequestView): boolean {
  return one.factorSid === other.factorSid && one.message === other.message;
}

function apart(one: RequestView, other: RequestView): number {
  return Math.abs(time(one) - time(other));
}

function time(request: RequestView): number {
  return Date.parse(request.createdAt);
}
