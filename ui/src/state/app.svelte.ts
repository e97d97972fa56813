import type {
  EnrolmentPreview,
  FactorView,
  RemovalView,
  Snapshot,
} from "../ipc/bindings";
import { HostError, type Host } from "../ipc/host";
import { Choices } from "./choices.svelte";
import { Clock } from "./clock.svelte";
import { speak, spoken } from "../text/spoken.svelte";
import { Inbox } from "./inbox.svelte";
import { PinPrompt } from "./pin-prompt.svelte";

export type Place =
  | "inbox"
  | "factors"
  | "settings"
  | "history"
  | "health"
  | "start"
  | "practice"
  | "add";

/** The program learns of input at most this often. */
const STILL_HERE_MILLISECONDS = 15_000;

/** Clocks that drift apart by more than this in a second mean that we slept. */
const SLEPT_MILLISECONDS = 5_000;

/** News that come faster than this are read together. */
const REST_MILLISECONDS = 250;

/** A way in: a link from the system, a picture that was dropped, or what was copied. */
export type Handed =
  | { kind: "link"; text: string }
  | { kind: "picture"; picture: Blob }
  | { kind: "dropped" }
  | { kind: "clipboard" };

/** One of several links that were found, and what it would do. */
export interface Choice {
  link: string;
  preview: EnrolmentPreview;
}

/** What the window knows, and the few things it can set in motion. */
export class AppState {
  snapshot = $state.raw<Snapshot | null>(null);
  trouble = $state.raw<HostError | null>(null);
  place = $state<Place>("inbox");
  /** The key of a text that says what was done, and what fills it in. */
  notice = $state.raw<[string, Record<string, string>] | null>(null);
  checking = $state(false);
  /** Whether to say that closing ends the program, because this desktop has no tray. */
  trayMissing = $state(false);
  /** What the page for adding an account begins with. */
  handed = $state.raw<Handed | null>(null);
  /** The entry of the history that somebody asked for by name. */
  entry = $state.raw<string | null>(null);
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly choices: Choices;
  readonly pin = new PinPrompt();

  /** What was open when it was locked. */
  #behindLock: { selected: string | null } | null = null;
  #lastInput = -Infinity;
  #reading: Promise<void> | null = null;
  #stale = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #missed = false;

  constructor(readonly host: Host) {
    this.clock = new Clock(host);
    this.inbox = new Inbox(host, this.clock, this.pin);
    this.choices = new Choices(host);
  }

  /** How many requests wait that can be answered: a server that knows a key no longer takes nothing from it. */
  get waiting(): number {
    if (this.snapshot?.locked) return this.snapshot.pendingCount;
    const gone = this.snapshot?.factors.filter(
      ({ connection }) => connection.kind === "signedOut",
    );
    return this.inbox.pending.filter(
      ({ factorSid }) => !gone?.some(({ sid }) => sid === factorSid),
    ).length;
  }

  /** Reads the state and follows it until the returned function is called. */
  start(): () => void {
    void this.read();
    const unlisten = [
      this.host.onChanged(() => {
        this.#readSoon();
      }),
      this.host.onLink((text) => {
        this.#openLink(text);
      }),
    ];
    unlisten.push(
      this.host.onRequest((sid) => {
        void this.openRequest(sid);
      }),
    );
    this.#openPending();
    this.host.pendingLink().then(
      (text) => {
        if (text !== null) this.#openLink(text);
      },
      () => undefined, // No link is nothing to report.
    );
    this.#followTime();
    return () => {
      clearTimeout(this.#timer);
      clearTimeout(this.#rest);
      for (const listening of unlisten)
        void listening.then((off) => {
          off();
        });
    };
  }

  /** Reads the snapshot; calls that come meanwhile lead to one more reading. */
  read(): Promise<void> {
    this.#stale = true;
    this.#reading ??= this.#readWhileStale();
    return this.#reading;
  }

  async checkNow(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    try {
      this.#take(await this.host.checkNow());
    } catch (cause) {
      this.#fail(HostError.from(cause));
      await this.read();
    } finally {
      this.checking = false;
    }
  }

  go(place: Place): void {
    this.place = place;
    this.notice = null;
    this.handed = null;
    this.entry = null;
  }

  /** Hides everything but the count. */
  async lock(): Promise<void> {
    await this.host.lock();
    await this.read();
  }

  /** Shows everything again, and what was open when it was hidden. */
  async unlock(pin: string | null): Promise<void> {
    await this.host.unlock(pin);
    await this.read();
  }

  /** Goes on with a file of keys that the passphrase is for. */
  async openVault(passphrase: string): Promise<void> {
    await this.host.openVault(passphrase);
    await this.read();
  }

  /** Goes on without it, until the passphrase is typed again. */
  async useSystemKeychain(): Promise<void> {
    await this.host.useSystemKeychain();
    await this.read();
  }

  /** There was input, so that it does not lock yet. */
  noteInput(): void {
    if (!this.choices.settings?.lockAfterMinutes) return;
    const now = this.host.elapsed();
    if (now - this.#lastInput < STILL_HERE_MILLISECONDS) return;
    this.#lastInput = now;
    this.host.stillHere().catch(() => undefined);
  }

  /** Whether a person is led through the first steps: until they are done or skipped. */
  get isFirstRun(): boolean {
    return (
      this.choices.settings?.firstRunDone === false &&
      this.snapshot?.factors.length === 0
    );
  }

  /** Shows a request that something outside the window named: to answer, or how it ended. */
  async openRequest(sid: string): Promise<void> {
    await this.read();
    const { pending, ended } = this.inbox;
    const isThere =
      pending.some((r) => r.sid === sid) ||
      ended.some((e) => e.request.sid === sid);
    this.go(isThere ? "inbox" : "history");
    if (isThere) await this.inbox.open(sid);
    else this.entry = sid;
  }

  /** Opens the request that was chosen outside the window, if there is one. */
  #openPending(): void {
    this.host.pendingRequest().then(
      (sid) => {
        if (sid !== null) void this.openRequest(sid);
      },
      () => undefined, // A locked program keeps it until it is unlocked.
    );
  }

  #lookForTray(): void {
    this.host.trayMissing().then(
      (missing) => (this.trayMissing = missing),
      () => undefined, // Setup health says it too.
    );
  }

  /** The person knows it. If that cannot be kept, it is said again another time. */
  async noteTrayMissing(): Promise<void> {
    this.trayMissing = false;
    await this.host.noteTrayMissing().catch(() => undefined);
  }

  /** Begins to add an account with something that came from elsewhere. */
  addFrom(handed: Handed): void {
    this.go("add");
    this.handed = handed;
  }

  /** A link opens the page that asks, and does nothing else. */
  #openLink(text: string): void {
    this.addFrom({ kind: "link", text });
  }

  async remove(factor: FactorView): Promise<RemovalView> {
    try {
      return await this.host.removeFactor(factor.sid);
    } finally {
      await this.read();
    }
  }

  factor(sid: string): FactorView | null {
    return this.snapshot?.factors.find((f) => f.sid === sid) ?? null;
  }

  /**
   * Reads at once, and once more after a rest if there was news meanwhile: however fast
   * the news come, the screen keeps still long enough to be read and clicked.
   */
  #readSoon(): void {
    this.#missed = this.#rest !== undefined;
    if (this.#missed) return;
    void this.read();
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#missed) this.#readSoon();
    }, REST_MILLISECONDS);
  }

  async #readWhileStale(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      try {
        const reading = this.host.snapshot().finally(() => this.#listen());
        this.#take(await reading);
      } catch (cause) {
        // It may be locked by now: what was read before is not to be seen any more.
        this.snapshot = null;
        this.#hide();
        this.#fail(HostError.from(cause));
      }
    }
    this.#reading = null;
  }

  /** Speaks what the program speaks. */
  async #listen(): Promise<void> {
    const language = await this.host.language().catch(() => spoken().language);
    if (language !== spoken().language) await speak(language);
  }

  #take(snapshot: Snapshot): void {
    this.clock.tick();
    if (this.snapshot?.locked && !snapshot.locked) this.#openPending();
    this.snapshot = snapshot;
    this.trouble = null;
    if (snapshot.locked) this.#hide();
    else this.#show(snapshot);
    this.#followTime();
  }

  #hide(): void {
    this.#behindLock ??= { selected: this.inbox.selected };
    this.inbox.hide();
    this.pin.giveUp();
    this.notice = null;
  }

  #show(snapshot: Snapshot): void {
    this.inbox.take(snapshot);
    if (!this.choices.settings) {
      void this.choices.read();
      this.#lookForTray();
    }
    const before = this.#behindLock;
    this.#behindLock = null;
    if (before?.selected) void this.inbox.open(before.selected);
  }

  /** Being offline is a state of the snapshot, not a failure of the window. */
  #fail(error: HostError): void {
    if (error.report.code !== "offline") this.trouble = error;
  }

  /**
   * Moves the clock once a second while a countdown is on the screen, and rarely
   * otherwise, so that an idle window lets the computer sleep.
   */
  #followTime(): void {
    clearTimeout(this.#timer);
    const wall = Date.now();
    const steady = performance.now();
    this.#timer = setTimeout(
      () => {
        const slept = Math.abs(
          Date.now() - wall - (performance.now() - steady),
        );
        if (slept > SLEPT_MILLISECONDS) void this.read();
        this.clock.tick();
        this.inbox.tick();
        this.#followTime();
      },
      this.inbox.isLive ? 1_000 : 30_000,
    );
  }
}
