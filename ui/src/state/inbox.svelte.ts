import type { ErrorCode, RequestView, Snapshot } from "../ipc/bindings";
import { HostError, type Host } from "../ipc/host";
import { t } from "../text/messages";
import { announcement, arrival } from "./announcements";
import { bursts } from "./bursts";
import type { Clock } from "./clock.svelte";
import {
  requesterOf,
  STAY_MILLISECONDS,
  type Ended,
  type Ending,
} from "./endings";
import { endingFrom, Inquiry, type Decision } from "./inquiry";
import type { PinPrompt } from "./pin-prompt.svelte";

/** The request in front of the person, in every state it can be in. */
export type Opened =
  | { kind: "opening"; request: RequestView }
  | { kind: "shown"; request: RequestView; before: RequestView | null }
  | { kind: "answering"; request: RequestView; decision: Decision }
  | {
      kind: "failed";
      request: RequestView;
      during: Decision | "show";
      error: HostError;
    };

/** What an answer fails with that the server may have all the same. */
const MAY_HAVE_ARRIVED = new Set<ErrorCode>([
  "offline",
  "unconfirmed",
  "internal",
]);

/** Requests to answer, the one that is open, and those that ended a moment ago. */
export class Inbox {
  pending = $state.raw<RequestView[]>([]);
  ended = $state.raw<Ended[]>([]);
  selected = $state<string | null>(null);
  opened = $state.raw<Opened | null>(null);
  /** The request that was approved here a moment ago and is still in front. */
  justAnswered = $state<string | null>(null);
  /** The request that is being reported after it was denied. */
  reporting = $state<string | null>(null);
  announced = $state("");
  /** The requests to answer as the list shows them: floods of the same one folded. */
  readonly groups = $derived(bursts(this.pending));

  #host: Host;
  #pin: PinPrompt;
  #inquiry: Inquiry;
  #clock: Clock;
  #left = new Map<string, number>();
  /** Factors whose server answered when the last snapshot was made. */
  #connected = new Set<string>();
  /** Requests whose answer is under way. */
  #sending = new Set<string>();
  /** The digest that the list had for the open request when it was opened. */
  #listedDigest = "";

  constructor(host: Host, clock: Clock, pin: PinPrompt) {
    this.#host = host;
    this.#pin = pin;
    this.#inquiry = new Inquiry(host, clock);
    this.#clock = clock;
  }

  /** The ended request that is in front, if that is what is selected. */
  get shownEnding(): Ended | null {
    return this.ended.find((e) => e.request.sid === this.selected) ?? null;
  }

  /** Merges what the program says now with what is on the screen. */
  take(snapshot: Snapshot): void {
    const before = this.pending;
    const fresh = snapshot.requests.filter(
      (r) => r.status === "pending" && !this.#hasEnded(r.sid),
    );
    for (const request of fresh) this.#clock.note(request);
    this.pending = fresh.toSorted(
      (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
    );
    for (const request of before) {
      if (fresh.some((r) => r.sid === request.sid)) continue;
      if (snapshot.factors.some((f) => f.sid === request.factorSid))
        void this.#explain(request);
      else this.#forget(request);
    }
    const newest = this.pending.find(
      (r) => !before.some((b) => b.sid === r.sid),
    );
    if (newest) this.#announceArrival(newest);
    this.tick();
    this.#refreshOpened(snapshot);
  }

  /** Whether anything on the screen changes with the seconds. */
  get isLive(): boolean {
    return this.pending.length > 0 || this.ended.some((e) => this.#isRecent(e));
  }

  /** Moves what depends on time: expiry, announcements, cards that had their minute. */
  tick(): void {
    for (const request of this.pending) {
      const left = this.#clock.left(request);
      if (left <= 0) {
        this.#expire(request);
        continue;
      }
      const before = this.#left.get(request.sid) ?? left;
      this.#left.set(request.sid, left);
      const said = announcement(requesterOf(request), before, left);
      if (said) this.announced = said;
    }
    this.#forgetEnded();
  }

  /** Opens a request: fetched anew, so that what is shown is what would be signed. */
  async open(sid: string): Promise<void> {
    this.#select(sid);
    const request = this.pending.find((r) => r.sid === sid);
    if (!request) {
      this.opened = null;
      return;
    }
    await this.#show(request, null);
  }

  /** Takes everything off the screen, as if nothing had ever been asked. */
  hide(): void {
    for (const { sid } of this.pending) this.#clock.forget(sid);
    this.#left.clear();
    this.pending = [];
    this.ended = [];
    this.announced = "";
    this.close();
  }

  close(): void {
    this.#select(null);
    this.opened = null;
  }

  /** Sends the person's answer to exactly what is on the screen, with what they typed. */
  async answer(
    decision: Decision,
    number: string | null = null,
  ): Promise<void> {
    const opened = this.opened;
    if (
      opened?.kind !== "shown" &&
      !(opened?.kind === "failed" && opened.during !== "show")
    )
      return;
    const { request } = opened;
    this.opened = { kind: "answering", request, decision };
    this.#sending.add(request.sid);
    try {
      const ending = await this.#send(request, decision, number);
      this.#end(request, ending);
      // After a denial there is something to read and to decide; theirs to leave.
      if (this.selected === request.sid && decision === "approve")
        this.justAnswered = request.sid;
    } catch (cause) {
      this.#sending.delete(request.sid);
      await this.#answerFailed(request, decision, HostError.from(cause));
    } finally {
      this.#sending.delete(request.sid);
    }
  }

  /** Tells the issuer that a request which is denied was somebody else's. */
  async report(
    { request, ending }: Ended,
    note: string | null = null,
  ): Promise<void> {
    if (!("at" in ending) || this.#sending.has(request.sid)) return;
    this.#sending.add(request.sid);
    this.reporting = request.sid;
    try {
      this.#end(request, await this.#send(request, "report", null, note));
    } catch (cause) {
      const { detail, code } = HostError.from(cause).report;
      const told = { kind: "failed", detail: detail ?? code } as const;
      this.#end(request, { kind: "reported", at: ending.at, told });
    } finally {
      this.reporting = null;
      this.#sending.delete(request.sid);
    }
  }

  /** Tries again what failed, without repeating an answer by itself. */
  async retry(): Promise<void> {
    if (this.opened) await this.#show(this.opened.request, null);
  }

  async #send(
    { sid, digest }: RequestView,
    decision: Decision,
    number: string | null,
    note: string | null = null,
  ): Promise<Ending> {
    if (decision === "report") {
      const { deniedAt, told } = await this.#host.reportNotMe(
        sid,
        digest,
        note,
      );
      return { kind: "reported", at: deniedAt, told };
    }
    const { status, at } = await (decision === "approve"
      ? this.#pin.during((pin) => this.#host.approve(sid, digest, number, pin))
      : this.#host.deny(sid, digest));
    return { kind: status, at };
  }

  #select(sid: string | null): void {
    this.selected = sid;
    this.justAnswered = null;
    this.#forgetEnded();
  }

  #isRecent({ since }: Ended): boolean {
    return this.#clock.elapsed - since < STAY_MILLISECONDS;
  }

  /** The one in front stays: what a person looks at is theirs to leave. */
  #forgetEnded(): void {
    const staying = this.ended.filter(
      (e) => this.#isRecent(e) || e.request.sid === this.selected,
    );
    if (staying.length < this.ended.length) this.ended = staying;
  }

  #hasEnded(sid: string): boolean {
    return this.ended.some((e) => e.request.sid === sid);
  }

  #isOpen(sid: string): boolean {
    return this.opened?.request.sid === sid && this.selected === sid;
  }

  /** An answer that is under way, or may have arrived, forbids to say that nothing was. */
  #expire(request: RequestView): void {
    if (this.#sending.has(request.sid)) return;
    const at = request.expiresAt;
    if (this.#inquiry.isUnconfirmed(request.sid)) {
      this.#end(request, { kind: "unconfirmed", at });
      void this.#lookUp(request);
      return;
    }
    this.#end(request, { kind: "expired", at });
    this.announced = t("announce-expired", { requester: requesterOf(request) });
  }

  /** Its factor was removed here, so there is nothing to explain. */
  #forget(request: RequestView): void {
    this.#left.delete(request.sid);
    this.#clock.forget(request.sid);
    if (this.selected === request.sid) this.close();
  }

  #announceArrival(request: RequestView): void {
    const left = this.#clock.left(request);
    if (left > 0) this.announced = arrival(requesterOf(request), left);
  }

  async #show(stored: RequestView, before: RequestView | null): Promise<void> {
    const { sid } = stored;
    this.opened = { kind: "opening", request: stored };
    this.#listedDigest = stored.digest;
    try {
      const request = await this.#host.showRequest(sid);
      this.#clock.note(request);
      const ending = await this.#inquiry.endingOf(request);
      if (ending) this.#end(request, ending);
      else if (this.#isOpen(sid))
        this.opened = { kind: "shown", request, before };
    } catch (cause) {
      const error = HostError.from(cause);
      const ending = endingFrom(error, stored);
      if (ending) this.#end(stored, ending);
      else if (this.#isOpen(sid))
        this.opened = {
          kind: "failed",
          request: stored,
          during: "show",
          error,
        };
    }
  }

  async #answerFailed(
    request: RequestView,
    decision: Decision,
    error: HostError,
  ): Promise<void> {
    const { code } = error.report;
    if (code === "pinNeeded") {
      // Nobody typed it: the request waits as it did before.
      if (this.#isOpen(request.sid))
        this.opened = { kind: "shown", request, before: null };
      return;
    }
    if (code === "changedSinceShown") {
      this.selected = request.sid;
      await this.#show(request, request);
      return;
    }
    const ending = endingFrom(error, request);
    if (ending) {
      this.#end(request, ending);
      if (ending.kind === "elsewhere") await this.#lookUp(request);
    } else {
      if (MAY_HAVE_ARRIVED.has(code))
        this.#inquiry.noteUnconfirmed(request.sid, decision);
      // Whatever else was opened meanwhile: a failed answer must not go unnoticed.
      this.selected = request.sid;
      const asked = counted(request, error.report.triesLeft);
      this.opened = { kind: "failed", request: asked, during: decision, error };
    }
  }

  /** Finds out why a request is no longer in the list. */
  async #explain(request: RequestView): Promise<void> {
    if (this.#isAnsweredHere(request.sid)) return;
    if (this.#clock.left(request) <= 0) {
      this.#expire(request);
    } else {
      await this.#lookUp(request);
    }
  }

  /** Asks the server how a request ended. */
  async #lookUp(request: RequestView): Promise<void> {
    const found = await this.#inquiry.lookUp(request);
    if (found && !this.#isAnsweredHere(request.sid))
      this.#end(found.request, found.ending);
  }

  #isAnsweredHere(sid: string): boolean {
    if (this.#sending.has(sid)) return true;
    return this.ended.some(
      (e) =>
        e.request.sid === sid &&
        ["approved", "denied", "reported", "wrongNumbers"].includes(
          e.ending.kind,
        ),
    );
  }

  #end(request: RequestView, ending: Ending): void {
    const others = this.ended.filter((e) => e.request.sid !== request.sid);
    const since = this.#clock.elapsed;
    this.ended = [{ request, ending, since }, ...others];
    this.pending = this.pending.filter((r) => r.sid !== request.sid);
    this.#left.delete(request.sid);
    this.#clock.forget(request.sid);
    if (this.opened?.request.sid === request.sid) this.opened = null;
  }

  /**
   * Follows the list: a connection that came back, or a newer copy, fetches the open
   * request again. Only a change does, so that nothing is fetched in a circle.
   */
  #refreshOpened(snapshot: Snapshot): void {
    const before = this.#connected;
    const online = snapshot.factors.filter(
      (f) => f.connection.kind === "online",
    );
    this.#connected = new Set(online.map((f) => f.sid));
    const opened = this.opened;
    const listed = this.pending.find((r) => r.sid === opened?.request.sid);
    if (!opened || !listed) return;

    const isBack =
      this.#connected.has(listed.factorSid) && !before.has(listed.factorSid);
    if (opened.kind === "failed" && opened.during === "show" && isBack) {
      void this.retry();
    } else if (
      opened.kind === "shown" &&
      listed.digest !== this.#listedDigest
    ) {
      this.#listedDigest = listed.digest;
      if (listed.digest !== opened.request.digest)
        void this.#show(listed, opened.request);
    }
  }
}

/** The request with as many tries as are left now. */
function counted(request: RequestView, triesLeft: number | null): RequestView {
  const { number } = request;
  if (!number || triesLeft === null) return request;
  return { ...request, number: { ...number, triesLeft } };
}
