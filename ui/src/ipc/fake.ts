import type {
  Health,
  HistoryEntryView,
  MuteView,
  OutcomeView,
  PolicyView,
  PurposeView,
  ReportView,
  RequestView,
  SettingsView,
  Snapshot,
  VerifiedByView,
} from "./bindings";
import { FakePresence } from "./fake/presence";
import { factor, failure, health, preview, settings } from "./fake/data";
import { FakeWaysIn } from "./fake/ways-in";
import { NUMBER } from "./fake/samples";
import type { Scenario } from "./fake/scenario";
import type { Host } from "./host";

/**
 * A program that exists only in memory, so that every screen can be seen in a plain
 * browser.
 */
export class FakeHost extends FakeWaysIn implements Host {
  state: Snapshot;
  #history: HistoryEntryView[];
  #presence: FakePresence;
  #settings: SettingsView;
  #autostart = false;
  #listeners = new Set<() => void>();
  #linkListeners = new Set<(text: string) => void>();
  #requestListeners = new Set<(sid: string) => void>();
  #shown = 0;
  #reported = 0;

  constructor(
    scenario: Scenario,
    options: { running: boolean } = { running: false },
  ) {
    super(scenario, options.running);
    this.state = structuredClone(scenario.snapshot);
    this.#history = structuredClone(scenario.history ?? []);
    this.#settings = settings(scenario.settings);
    const { pin, systemAsks } = scenario;
    this.#presence = new FakePresence(pin ?? null, systemAsks ?? false);
  }

  /** Changes what the program knows, and says so. */
  change(own: Partial<Snapshot>): void {
    this.state = { ...this.state, ...own };
    for (const listener of this.#listeners) listener();
  }

  async snapshot(): Promise<Snapshot> {
    await this.enter("snapshot");
    if (this.scenario.passphrase !== undefined)
      throw failure("passphraseNeeded");
    return this.#snapshotNow();
  }

  language(): Promise<string> {
    return Promise.resolve(this.#settings.language ?? "en");
  }

  /** Speaks another language from now on, as if it had been chosen in the settings. */
  speak(language: string): void {
    this.#settings.language = language;
    this.change({});
  }

  /** Whatever the page shows as it is: what issuers wrote, names, codes. */
  get everything(): string {
    return JSON.stringify([
      this.scenario,
      this.scenario.preview ?? preview(),
      this.state,
      this.#history,
    ]);
  }

  async enrol(text: string) {
    await this.enter("enrol", text);
    const { issuer, account, host } = this.scenario.preview ?? preview();
    const added = factor(9, {
      issuer: issuer ?? "Acme",
      account: account ?? "ada@acme.example",
      serverHost: host,
      createdAt: this.in(0),
    });
    this.change({ factors: [...this.state.factors, added] });
    return added;
  }

  async showRequest(sid: string): Promise<RequestView> {
    await this.enter("showRequest", sid);
    const { fresh } = this.scenario;
    const next = fresh?.[Math.min(this.#shown, fresh.length - 1)];
    this.#shown += 1;
    const stored = next ?? this.state.requests.find((r) => r.sid === sid);
    if (!stored) throw failure("notFound");
    return this.#countedDown(stored);
  }

  async approve(
    sid: string,
    digest: string,
    number: string | null,
    pin: string | null,
  ): Promise<OutcomeView> {
    const typed = number === null ? [] : [number];
    await this.enter("approve", sid, digest, ...typed);
    this.#compare(sid, number);
    const request = this.state.requests.find((r) => r.sid === sid);
    if (request?.needsPresence) this.#presence.confirm(pin);
    return this.#settle("approved", sid);
  }

  async deny(sid: string, digest: string): Promise<OutcomeView> {
    await this.enter("deny", sid, digest);
    return this.#settle("denied", sid);
  }

  async reportNotMe(
    sid: string,
    digest: string,
    note: string | null,
  ): Promise<ReportView> {
    const words = note === null ? [] : [note];
    await this.enter("reportNotMe", sid, digest, ...words);
    const told = this.scenario.told ?? [];
    const next = told[Math.min(this.#reported, told.length - 1)];
    this.#reported += 1;
    const denied = this.#history.find((e) => e.sid === sid);
    const asked = this.state.requests.find((r) => r.sid === sid);
    const { at } = denied ?? this.#settle("denied", sid);
    if (asked) this.#muteReported(asked.factorSid);
    return { sid, deniedAt: at, told: next ?? { kind: "server" } };
  }

  async checkNow(): Promise<Snapshot> {
    await this.enter("checkNow");
    this.change({ lastChecked: this.in(0) });
    return this.#snapshotNow();
  }

  async removeFactor(sid: string) {
    await this.enter("removeFactor", sid);
    this.change({ factors: this.state.factors.filter((f) => f.sid !== sid) });
    return { sid, serverTold: this.scenario.serverTold ?? true };
  }

  async changePolicy(sid: string, policy: PolicyView, pin: string | null) {
    await this.enter("changePolicy", sid);
    const before = this.state.factors.find((f) => f.sid === sid);
    if (!before) throw failure("notFound");
    this.#presence.change(before.policy, policy, pin);
    const changed = { ...before, policy };
    this.change({
      factors: this.state.factors.map((f) => (f.sid === sid ? changed : f)),
    });
    return changed;
  }

  async pinState() {
    await this.enter("pinState");
    return this.#presence.state();
  }

  async setPin(pin: string, old: string | null) {
    await this.enter("setPin");
    return this.#presence.set(pin, old);
  }

  async removePin(old: string) {
    await this.enter("removePin");
    return this.#presence.remove(old);
  }

  async verifyPresence(purpose: PurposeView, pin: string | null) {
    await this.enter("verifyPresence", purpose);
    this.#presence.confirm(pin);
  }

  async settings(): Promise<SettingsView> {
    await this.enter("settings");
    return structuredClone(this.#settings);
  }

  async changeSettings(to: SettingsView): Promise<void> {
    await this.enter("changeSettings", JSON.stringify(to));
    this.#settings = structuredClone(to);
    this.change({});
  }

  async mute(factorSid: string | null, minutes: number): Promise<MuteView> {
    await this.enter("mute", factorSid ?? "", minutes.toString());
    const until = this.in(minutes);
    const mute = { factorSid, until, reported: false };
    this.change({ mutes: [...this.#mutesBut(factorSid), mute] });
    return mute;
  }

  async unmute(factorSid: string | null): Promise<void> {
    await this.enter("unmute", factorSid ?? "");
    this.change({ mutes: this.#mutesBut(factorSid) });
  }

  async testNotification(): Promise<boolean> {
    await this.enter("testNotification");
    return this.scenario.takesNotifications ?? true;
  }

  async trayMissing(): Promise<boolean> {
    await this.enter("trayMissing");
    return this.scenario.trayMissing ?? false;
  }

  async noteTrayMissing(): Promise<void> {
    await this.enter("noteTrayMissing");
    this.scenario = { ...this.scenario, trayMissing: false };
  }

  async autostart(): Promise<boolean | null> {
    await this.enter("autostart");
    return this.#autostart;
  }

  async setAutostart(on: boolean): Promise<void> {
    await this.enter("setAutostart", on.toString());
    this.#autostart = on;
  }

  async lock(): Promise<void> {
    await this.enter("lock");
    this.change({ locked: true });
  }

  async unlock(pin: string | null): Promise<void> {
    await this.enter("unlock", pin ?? "");
    this.#presence.confirm(pin);
    this.change({ locked: false });
  }

  async stillHere(): Promise<void> {
    await this.enter("stillHere");
  }

  async health(): Promise<Health> {
    await this.enter("health");
    return this.scenario.health ?? health();
  }

  async openVault(passphrase: string): Promise<void> {
    await this.enter("openVault");
    const { passphrase: right } = this.scenario;
    if (right !== undefined && passphrase !== right)
      throw failure("passphraseWrong");
    this.scenario = { ...this.scenario, passphrase: undefined };
    this.change({ state: "ready", passphrase: "none" });
  }

  async useSystemKeychain(): Promise<void> {
    await this.enter("useSystemKeychain");
    this.scenario = { ...this.scenario, passphrase: undefined };
    this.change({ state: "ready", passphrase: "opens" });
  }

  async quit(): Promise<void> {
    await this.enter("quit");
  }

  async pendingLink(): Promise<string | null> {
    await this.enter("pendingLink");
    const link = this.scenario.openedWith ?? null;
    this.scenario = { ...this.scenario, openedWith: null };
    return link;
  }

  async history(): Promise<HistoryEntryView[]> {
    await this.enter("history");
    return structuredClone(this.#history);
  }

  onChanged(listener: () => void): Promise<() => void> {
    this.#listeners.add(listener);
    return Promise.resolve(() => this.#listeners.delete(listener));
  }

  onLink(listener: (text: string) => void): Promise<() => void> {
    this.#linkListeners.add(listener);
    return Promise.resolve(() => this.#linkListeners.delete(listener));
  }

  /** Does what the system does when somebody opens a `countersign://` link. */
  openLink(text: string): void {
    for (const listener of this.#linkListeners) listener(text);
  }

  async pendingRequest(): Promise<string | null> {
    await this.enter("pendingRequest");
    const sid = this.scenario.openedAt ?? null;
    this.scenario = { ...this.scenario, openedAt: null };
    return sid;
  }

  onRequest(listener: (sid: string) => void): Promise<() => void> {
    this.#requestListeners.add(listener);
    return Promise.resolve(() => this.#requestListeners.delete(listener));
  }

  /** Does what the tray and a notification do for a request that is chosen there. */
  openRequest(sid: string): void {
    for (const listener of this.#requestListeners) listener(sid);
  }

  #snapshotNow(): Snapshot {
    const requests = this.state.requests.map((r) => this.#countedDown(r));
    const pendingCount = requests.length;
    if (this.state.locked)
      return {
        ...this.state,
        factors: [],
        requests: [],
        mutes: [],
        pendingCount,
      };
    return { ...this.state, requests, pendingCount };
  }

  #muteReported(factorSid: string): void {
    const until = this.in(20);
    const mute = { factorSid, until, reported: true };
    this.change({ mutes: [...this.#mutesBut(factorSid), mute] });
  }

  #mutesBut(factorSid: string | null): MuteView[] {
    return this.state.mutes.filter((mute) => mute.factorSid !== factorSid);
  }

  #countedDown(request: RequestView): RequestView {
    const left = request.secondsLeft - this.elapsed() / 1000;
    return { ...structuredClone(request), secondsLeft: Math.max(0, left) };
  }

  /** Counts a wrong number, as the program does; the third denies. */
  #compare(sid: string, number: string | null): void {
    const request = this.state.requests.find((r) => r.sid === sid);
    if (!request?.number || number === NUMBER) return;
    if (number === null) throw failure("numberNeeded");
    const triesLeft = request.number.triesLeft - 1;
    if (triesLeft === 0) {
      this.#settle("denied", sid);
      throw failure("wrongNumberDenied");
    }
    const counted = { ...request, number: { ...request.number, triesLeft } };
    this.change({
      requests: this.state.requests.map((r) => (r.sid === sid ? counted : r)),
    });
    throw failure("wrongNumber", null, triesLeft);
  }

  #verifier({ needsPresence }: RequestView): VerifiedByView {
    if (!needsPresence) return "nobody";
    return this.#presence.state().systemAsks ? "system" : "pin";
  }

  #settle(status: "approved" | "denied", sid: string): OutcomeView {
    const request = this.state.requests.find((r) => r.sid === sid);
    if (!request) throw failure("notFound");
    const outcome = { sid, status, at: this.in(0), issuer: request.issuer };
    this.#history.unshift({
      ...request,
      ...outcome,
      askedAt: request.createdAt,
      proofKept: true,
      answeredHere: true,
      numberCheckedBy: request.number?.checkedBy ?? null,
      silent: false,
      verifiedBy: status === "approved" ? this.#verifier(request) : null,
      wrongNumbers: 3 - (request.number?.triesLeft ?? 3),
    });
    this.change({ requests: this.state.requests.filter((r) => r.sid !== sid) });
    return outcome;
  }
}
