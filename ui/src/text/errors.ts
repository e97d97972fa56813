import type { CommandError } from "../ipc/bindings";
import { hasText, t } from "./messages";
import { plainLine } from "./plain";

/** What was being done when something failed. */
export type During =
  "approve" | "deny" | "report" | "show" | "link" | "enrol" | "remove" | "read";

/**
 * What a failure says to a person: what happened, whether anything was approved or
 * changed, what to do, and the code for whoever helps.
 */
export function errorTexts(
  { code, message, advice, triesLeft, detail }: CommandError,
  during: During,
): { title: string; what: string; advice: string; code: string } {
  const what = [
    `error-${code}-${during}-what`,
    `error-during-${during}`,
    `error-${code}-what`,
  ].find(hasText);
  const known = hasText(`error-${code}`);
  return {
    title: known ? t(`error-${code}`) : plainLine(message),
    what: what ? t(what, { count: triesLeft ?? 0 }) : "",
    advice: known ? t(`error-${code}-advice`) : plainLine(advice),
    code: detail ? `${code} · ${plainLine(detail)}` : code,
  };
}
