import type { PinView, PolicyView } from "../bindings";
import { failure } from "./data";

const TRIES = 5;
const WAIT_SECONDS = 30;
const ORDER = ["never", "unusual", "always"];

/** Who may approve, as the program behind the real window decides it. */
export class FakePresence {
  #wrong = 0;

  constructor(
    private pin: string | null,
    private readonly systemAsks: boolean,
  ) {}

  /** Passes, or throws what the program would say. */
  confirm(pin: string | null): void {
    if (!this.systemAsks) this.#compare(pin);
  }

  state(): PinView {
    const triesLeft = Math.max(0, TRIES - this.#wrong);
    return {
      isSet: this.pin !== null,
      systemAsks: this.systemAsks,
      triesLeft,
      waitSeconds: triesLeft === 0 ? WAIT_SECONDS : null,
    };
  }

  set(pin: string, old: string | null): PinView {
    if (pin.length < 6) throw failure("pinLength");
    if (this.pin !== null) this.#compare(old);
    this.pin = pin;
    return this.state();
  }

  remove(old: string): PinView {
    if (this.pin !== null) this.#compare(old);
    this.pin = null;
    return this.state();
  }

  /** Whether the change may be made: a looser policy takes the person who may. */
  change(before: PolicyView, after: PolicyView, pin: string | null): void {
    const asks = (policy: PolicyView) => ORDER.indexOf(policy.verification);
    const looser =
      asks(after) < asks(before) ||
      Number(after.answerFromNotification) >
        Number(before.answerFromNotification) ||
      Number(after.answerFromTray) > Number(before.answerFromTray) ||
      Number(after.silentOnThisComputer) > Number(before.silentOnThisComputer);
    const possible = this.systemAsks || this.pin !== null;
    if (looser && (possible || asks(before) > 0)) this.confirm(pin);
    if (asks(before) === 0 && asks(after) > 0 && !possible)
      throw failure("presenceUnavailable");
  }

  #compare(pin: string | null): void {
    if (this.pin === null) throw failure("presenceUnavailable");
    if (pin === null) throw failure("pinNeeded");
    if (pin === this.pin && this.#wrong < TRIES) {
      this.#wrong = 0;
      return;
    }
    this.#wrong += 1;
    const { triesLeft, waitSeconds } = this.state();
    throw failure("pinWrong", null, triesLeft, waitSeconds);
  }
}
