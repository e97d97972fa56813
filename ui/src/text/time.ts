import { t } from "./messages";
import { spoken } from "./spoken.svelte";

const DAY = 86_400_000;

/** "14:02", as the person's language and country write it. */
export function timeOfDay(
  iso: string | number,
  locale = spoken().locale,
): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(
    new Date(iso),
  );
}

/** "19 November 2026", or "Today". */
export function day(
  iso: string,
  now: number,
  locale = spoken().locale,
): string {
  const then = new Date(iso);
  if (then.toDateString() === new Date(now).toDateString())
    return t("day-today");
  if (then.toDateString() === new Date(now - DAY).toDateString())
    return t("day-yesterday");
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(then);
}

/** "14:02" when it is today, "19 Nov 2026, 14:02" otherwise. */
export function moment(
  iso: string,
  now: number,
  locale = spoken().locale,
): string {
  const then = new Date(iso);
  if (then.toDateString() === new Date(now).toDateString())
    return timeOfDay(iso, locale);
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(then);
}

/** "1:42", "1:00:05". */
export function clockFace(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const pad = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${pad(minutes)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
}

/** Below this many seconds the countdown changes its words and its colour. */
export const HURRY = 30;

/** "1:42 left", and "Only 24 seconds left" when it is nearly over. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole >= HURRY
    ? t("time-left", { time: clockFace(whole) })
    : t("time-left-hurry", { seconds: whole });
}

/** A length of time in words, as exact as a person needs it: "2 hours". */
export function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  if (whole < 60) return t("duration-seconds", { count: whole });
  if (whole < 3600)
    return t("duration-minutes", { count: Math.round(whole / 60) });
  if (whole < 2 * 86_400)
    return t("duration-hours", { count: Math.round(whole / 3600) });
  return t("duration-days", { count: Math.round(whole / 86_400) });
}
