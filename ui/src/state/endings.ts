import type { RequestView, Told } from "../ipc/bindings";
import { t } from "../text/messages";
import { name } from "../text/plain";
import { timeOfDay } from "../text/time";

/** How a request ended, with the facts that belong to that end. */
export type Ending =
  | { kind: "approved"; at: string }
  | { kind: "denied"; at: string }
  | { kind: "wrongNumbers" }
  | { kind: "reported"; at: string; told: Told }
  | { kind: "expired"; at: string }
  | { kind: "unconfirmed"; at: string }
  | { kind: "elsewhere"; status: "approved" | "denied" | "unknown" }
  | { kind: "withdrawn" };

/** A request that can no longer be answered and is still on the screen. */
export interface Ended {
  request: RequestView;
  ending: Ending;
  /** When it ended, on the window's steady clock: from then its minute runs. */
  since: number;
}

/** How long a card stays before it is only in the history. */
export const STAY_MILLISECONDS = 60_000;

/** Who asks: the name the server gave, or its address. */
export function requesterOf(of: {
  issuer: string | null;
  serverHost: string;
}): string {
  return name(of.issuer ?? "") || name(of.serverHost);
}

/** The three texts of an ending: a heading, the sentence, and what follows from it. */
export function endingTexts({ request, ending }: Ended): {
  title: string;
  line: string;
  detail: string;
} {
  const key = textOf(ending);
  const facts = {
    requester: requesterOf(request),
    time: "at" in ending ? timeOfDay(ending.at) : "",
  };
  return {
    title: t(key),
    line: t(`${key}-line`, facts),
    detail: t(`${key}-detail`, facts),
  };
}

function textOf(ending: Ending): string {
  switch (ending.kind) {
    case "elsewhere":
      return `ended-elsewhere-${ending.status}`;
    case "reported":
      return `ended-reported-${ending.told.kind}`;
    default:
      return `ended-${ending.kind}`;
  }
}

/** What a fresh copy of a request says about its end; null while it is pending. */
export function endingOf(request: RequestView): Ending | null {
  switch (request.status) {
    case "pending":
      return null;
    case "expired":
      return { kind: "expired", at: request.expiresAt };
    case "approved":
    case "denied":
      return { kind: "elsewhere", status: request.status };
  }
}
