import type { RequestView } from "../ipc/bindings";
import { HostError, type Host } from "../ipc/host";
import { endingOf, type Ending } from "./endings";
import type { Clock } from "./clock.svelte";

export type Decision = "approve" | "deny" | "report";

/** What a request becomes when a decision arrives. */
const MEANT = {
  approve: "approved",
  deny: "denied",
  report: "denied",
} as const;

/** After so many wrong numbers a request is denied without being asked about. */
const TRIES = 3;

/** What became of requests that ended out of our sight. */
export class Inquiry {
  #host: Host;
  #clock: Clock;
  #unconfirmed = new Map<string, Decision>();

  constructor(host: Host, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  /** Notes an answer that was sent and never confirmed: it may have arrived. */
  noteUnconfirmed(sid: string, decision: Decision): void {
    this.#unconfirmed.set(sid, decision);
  }

  isUnconfirmed(sid: string): boolean {
    return this.#unconfirmed.has(sid);
  }

  /** Fetches the request and tells how it ended; null when that cannot be known. */
  async lookUp(
    request: RequestView,
  ): Promise<{ request: RequestView; ending: Ending } | null> {
    try {
      const fresh = await this.#host.showRequest(request.sid);
      const ending = await this.endingOf(fresh);
      return ending && { request: fresh, ending };
    } catch (cause) {
      const ending = endingFrom(HostError.from(cause), request);
      return ending && { request, ending };
    }
  }

  /**
   * How a fresh copy ended. Not every answer that this window did not see confirmed
   * came from another device: this computer's command line may have given it, or it
   * is ours and the confirmation was lost.
   */
  async endingOf(fresh: RequestView): Promise<Ending | null> {
    const ending = endingOf(fresh);
    if (ending?.kind !== "elsewhere") return ending;
    const history = await this.#host.history();
    const past = history.find((e) => e.sid === fresh.sid);
    if (past?.status === "denied" && past.wrongNumbers >= TRIES)
      return { kind: "wrongNumbers" };
    const own = past?.answeredHere ? past : undefined;
    if (own) return { kind: own.status, at: own.at };
    const sent = this.#unconfirmed.get(fresh.sid);
    if (!sent || ending.status !== MEANT[sent]) return ending;
    return { kind: MEANT[sent], at: new Date(this.#clock.now).toISOString() };
  }
}

/** The ending that an error tells of, if it tells of one. */
export function endingFrom(
  error: HostError,
  request: RequestView,
): Ending | null {
  switch (error.report.code) {
    case "expired":
      return { kind: "expired", at: request.expiresAt };
    case "alreadyAnswered":
      return { kind: "elsewhere", status: "unknown" };
    case "wrongNumberDenied":
      return { kind: "wrongNumbers" };
    case "notFound":
      return { kind: "withdrawn" };
    default:
      return null;
  }
}
