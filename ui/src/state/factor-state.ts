import type { FactorView } from "../ipc/bindings";
import { t } from "../text/messages";
import { duration, moment } from "../text/time";

/** How a factor is doing: words, how they are meant, and what to do if anything. */
export interface FactorState {
  text: string;
  tone: "good" | "calm" | "warn" | "bad";
  advice?: string;
}

export function factorState(factor: FactorView, now: number): FactorState {
  if (factor.status === "unverified")
    return {
      text: t("factor-unverified"),
      tone: "warn",
      advice: t("factor-unverified-advice"),
    };
  const { connection } = factor;
  switch (connection.kind) {
    case "online":
      return { text: t("factor-online"), tone: "good" };
    case "offline":
      return {
        text: t("factor-offline", { time: moment(connection.since, now) }),
        tone: "warn",
      };
    case "clockSkewed":
      return {
        text: t("factor-skewed", { difference: duration(connection.seconds) }),
        tone: "warn",
      };
    case "signedOut":
      return {
        text: t("factor-signed-out"),
        tone: "bad",
        advice: t("factor-signed-out-advice"),
      };
    case "neverChecked":
      return { text: t("factor-never-checked"), tone: "calm" };
  }
}
