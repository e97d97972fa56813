import { HostError } from "../ipc/host";

/** What became of choices that the program keeps one by one. */
export class Keeping<Choice extends string> {
  /** What was kept last; a new object each time. */
  kept = $state.raw<{ choice: Choice } | null>(null);
  /** What could not be kept. */
  failed = $state.raw<{ choice: Choice; error: HostError } | null>(null);

  /** That this was kept, if it was the last; a new object each time. */
  keptOf(choice: Choice): object | null {
    return this.kept?.choice === choice ? this.kept : null;
  }

  /** Why this could not be kept, if it could not. */
  errorOf(choice: Choice): HostError | null {
    return this.failed?.choice === choice ? this.failed.error : null;
  }

  /** Does what keeps a choice, and remembers how it went. It never rejects. */
  async keep(choice: Choice, act: () => Promise<void>): Promise<void> {
    this.kept = null;
    this.failed = null;
    try {
      await act();
      this.kept = { choice };
    } catch (cause) {
      const error = HostError.from(cause);
      // Who closed the question for the PIN knows that nothing was changed.
      if (error.report.code !== "pinNeeded") this.failed = { choice, error };
    }
  }
}
