import { HostError } from "../ipc/host";

/** What is waiting for the PIN, and how the last try went. */
interface Asked {
  attempt: (pin: string) => Promise<void>;
  fail: (error: HostError) => void;
}

/**
 * Asks for the app's PIN where the program wants it: what a person wants is tried without
 * one first, because on most systems the system itself asks who is there.
 */
export class PinPrompt {
  busy = $state(false);
  error = $state.raw<HostError | null>(null);
  #asked = $state.raw<Asked | null>(null);

  get isOpen(): boolean {
    return this.#asked !== null;
  }

  /** Does `act`, with the PIN if it takes one. Fails with `pinNeeded` when nobody types it. */
  async during<T>(act: (pin: string | null) => Promise<T>): Promise<T> {
    try {
      return await act(null);
    } catch (cause) {
      const error = HostError.from(cause);
      if (error.report.code !== "pinNeeded") throw error;
      this.giveUp();
      return await new Promise<T>((resolve, reject) => {
        this.error = null;
        this.#asked = {
          attempt: async (pin) => {
            resolve(await act(pin));
          },
          fail: reject,
        };
      }).finally(() => {
        this.#asked = null;
      });
    }
  }

  /** Tries with what was typed. A wrong PIN may be typed again; any other failure ends it. */
  async submit(pin: string): Promise<void> {
    const asked = this.#asked;
    if (!asked || this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      await asked.attempt(pin);
    } catch (cause) {
      const error = HostError.from(cause);
      if (error.report.code === "pinWrong") this.error = error;
      else asked.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** Ends the question without an answer. */
  giveUp(): void {
    this.#asked?.fail(pinNeeded());
    this.#asked = null;
  }
}

function pinNeeded(): HostError {
  const rest = { triesLeft: null, waitSeconds: null, detail: null };
  return new HostError({ code: "pinNeeded", ...rest });
}
