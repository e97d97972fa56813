import type { SettingsView } from "../ipc/bindings";
import { HostError, type Host } from "../ipc/host";
import { Keeping } from "./keeping.svelte";

/** What is chosen one by one: each setting, and starting with the system. */
export type Choice = keyof SettingsView | "autostart";

/** What the person chose, kept by the program at once. */
export class Choices extends Keeping<Choice> {
  settings = $state.raw<SettingsView | null>(null);
  /** Whether the program starts with the system; null if that is not known. */
  autostart = $state<boolean | null>(null);
  /** Why the settings could not be read, if they could not. */
  unread = $state.raw<HostError | null>(null);
  #host: Host;

  constructor(host: Host) {
    super();
    this.#host = host;
  }

  /** Whether the settings have been read, or could not be. */
  get isKnown(): boolean {
    return this.settings !== null || this.unread !== null;
  }

  async read(): Promise<void> {
    try {
      this.settings = await this.#host.settings();
      this.unread = null;
    } catch (cause) {
      this.unread = HostError.from(cause);
    }
  }

  async readAutostart(): Promise<void> {
    this.autostart = await this.#host.autostart().catch(() => null);
  }

  /** Keeps one setting. Until the program has it, the screen shows what it had. */
  async change<Name extends keyof SettingsView>(
    choice: Name,
    to: SettingsView[Name],
  ): Promise<void> {
    await this.keep(choice, async () => {
      const settings = await this.#host.settings();
      const changed = { ...settings, [choice]: to };
      await this.#host.changeSettings(changed);
      this.settings = changed;
    });
  }

  async changeAutostart(on: boolean): Promise<void> {
    await this.keep("autostart", async () => {
      await this.#host.setAutostart(on);
      this.autostart = on;
    });
  }
}

/** What is offered, and what was chosen by other means if that is not among it. */
export function withChosen<T>(offered: readonly T[], chosen: T): T[] {
  return offered.includes(chosen) ? [...offered] : [chosen, ...offered];
}
