import { t } from "../text/messages";
import { duration } from "../text/time";

/** Seconds before the end at which a screen reader says the time once. */
const MARKS = [60, 30, 10];

/** What to say when the time left went from `before` to `now`, if anything. */
export function announcement(
  requester: string,
  before: number,
  now: number,
): string | null {
  const mark = MARKS.findLast((mark) => before > mark && now <= mark);
  return mark === undefined || now <= 0
    ? null
    : t("announce-left", { requester, time: duration(mark) });
}

/** What to say when a request appears. */
export function arrival(requester: string, secondsLeft: number): string {
  return t("announce-arrival", { requester, time: duration(secondsLeft) });
}
