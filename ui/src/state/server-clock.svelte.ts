/**
 * What time it is for the server, in milliseconds, as a reactive value.
 *
 * The program tells the corrected time with each snapshot; in between a clock that
 * never runs backwards carries it on, so setting this computer's clock moves nothing.
 */
export class ServerClock {
  now = $state(0);
  #elapsed: () => number;
  #offset = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  sync(serverNow: string): void {
    this.#offset = Date.parse(serverNow) - this.#elapsed();
    this.tick();
  }

  tick(): void {
    this.now = this.#elapsed() + this.#offset;
  }

  /** Seconds from now until `iso`; negative when it is past. */
  until(iso: string): number {
    return (Date.parse(iso) - this.now) / 1000;
  }
}
