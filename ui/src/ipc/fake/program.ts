import { START } from "./data";
import type { Scenario } from "./scenario";

/** The clock of a program in memory, which stands still or runs, and how its commands turn out. */
export class FakeProgram {
  /** Each command with its arguments, as it came in. */
  readonly calls: string[][] = [];
  protected scenario: Scenario;
  #advanced = 0;
  #running: boolean;

  constructor(scenario: Scenario, running: boolean) {
    this.scenario = scenario;
    this.#running = running;
  }

  elapsed(): number {
    return this.#advanced + (this.#running ? performance.now() : 0);
  }

  /** Moves the clock. The window shows it with its next tick. */
  advance(seconds: number): void {
    this.#advanced += seconds * 1000;
  }

  now(): number {
    return START + this.elapsed();
  }

  /** The moment that is so many minutes away, as the program writes it. */
  protected in(minutes: number): string {
    return new Date(this.now() + minutes * 60_000).toISOString();
  }

  /** Notes the call, and fails or hangs where the scenario says so. */
  protected async enter(
    command: keyof NonNullable<Scenario["fails"]>,
    ...args: string[]
  ): Promise<void> {
    this.calls.push([command, ...args]);
    if (this.scenario.hangs?.includes(command))
      await new Promise(() => undefined);
    const error = this.scenario.fails?.[command];
    if (error) throw error;
    await Promise.resolve();
  }
}
