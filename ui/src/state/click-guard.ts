/** For this long after something new appeared, a click answers nothing. */
export const GUARD_MILLISECONDS = 600;

/**
 * Keeps a request that pops up under the pointer from being answered by a click
 * that was meant for something else.
 */
export class ClickGuard {
  #since = performance.now();

  restart(): void {
    this.#since = performance.now();
  }

  get open(): boolean {
    return performance.now() - this.#since >= GUARD_MILLISECONDS;
  }
}
