import { SvelteMap } from "svelte/reactivity";
import type { RequestView } from "../ipc/bindings";
import type { Host } from "../ipc/host";

/**
 * The window's sense of time, as reactive values.
 *
 * Each request says how long it can still be answered, by its own server's clock. From
 * the moment it says so a clock that never runs backwards counts down: neither another
 * server's time nor this computer's has a say in it.
 */
export class Clock {
  /** What a steady clock shows, in milliseconds since some moment. */
  elapsed = $state(0);
  /** This computer's time of day, for words like "Today". It decides nothing. */
  now = $state(0);
  #host: Host;
  /** When each request ends, on the steady clock. */
  #ends = new SvelteMap<string, number>();

  constructor(host: Host) {
    this.#host = host;
    this.tick();
  }

  tick(): void {
    this.elapsed = this.#host.elapsed();
    this.now = this.#host.now();
  }

  /** Takes note of what a request that arrives this moment says of its time. */
  note(request: RequestView): void {
    this.#ends.set(
      request.sid,
      this.#host.elapsed() + request.secondsLeft * 1000,
    );
  }

  forget(sid: string): void {
    this.#ends.delete(sid);
  }

  /** How many seconds a request can still be answered; not above zero when it ended. */
  left(request: RequestView): number {
    return ((this.#ends.get(request.sid) ?? 0) - this.elapsed) / 1000;
  }
}
