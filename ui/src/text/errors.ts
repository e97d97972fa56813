import type { CommandError } from "../ipc/bindings";
import { hasText, t } from "./messages";
import { plainLine } from "./plain";

/** What was being done when something failed. */
export type During =
  | "approve"
  | "deny"
  | "report"
  | "show"
  | "link"
  | "enrol"
  | "remove"
  | "change"
  | "presence"
  | "unlock"
  | "read";

/**
 * What a failure says to a person: what happened, whether anything was approved or
 * changed, what to do, and the code for whoever helps.
 *
 * A text for the failure during just this comes before one for the failure alone. A
 * code that nobody wrote texts for is a fault of ours, and is called one.
 */
export function errorTexts(
  { code, triesLeft, waitSeconds, detail }: CommandError,
  during: During,
): { title: string; what: string; advice: string; code: string } {
  const key = hasText(`error-${code}`) ? code : "internal";
  const text = (...ids: string[]): string => {
    const id = ids.find(hasText);
    const seconds = waitSeconds ?? 0;
    return id ? t(id, { count: triesLeft ?? 0, seconds }) : "";
  };
  return {
    title: text(`error-${key}-${during}`, `error-${key}`),
    what: text(
      `error-${key}-${during}-what`,
      `error-during-${during}`,
      `error-${key}-what`,
    ),
    advice: text(`error-${key}-${during}-advice`, `error-${key}-advice`),
    code: detail ? `${code} · ${plainLine(detail)}` : code,
  };
}
