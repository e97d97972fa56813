import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, vi } from "vitest";
import App from "../src/App.svelte";
import { FakeHost } from "../src/ipc/fake";
import type { Scenario } from "../src/ipc/fake/scenario";
import { scenarios } from "../src/ipc/fake/scenarios";

/** A window over a fake host, whose time only the test moves. */
export interface Window {
  host: FakeHost;
  user: UserEvent;
  /** Lets this many milliseconds pass for the page, and none for the server. */
  wait: (milliseconds: number) => Promise<void>;
  /** Lets this many seconds pass for both. */
  pass: (seconds: number) => Promise<void>;
}

export function useFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime("2026-11-20T14:02:00Z");
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
}

/** Opens the window in one of the named states, or in one made for the test. */
export async function openWindow(scenario: string | Scenario): Promise<Window> {
  const wanted = typeof scenario === "string" ? scenarios[scenario] : scenario;
  if (!wanted) throw new Error(`No scenario ${JSON.stringify(scenario)}`);
  const host = new FakeHost(wanted);
  const user = userEvent.setup({
    advanceTimers: vi.advanceTimersByTime.bind(vi),
  });
  const wait = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  };
  const pass = async (seconds: number) => {
    host.advance(seconds);
    await vi.advanceTimersByTimeAsync(1000);
  };
  render(App, { host });
  await wait(0);
  return { host, user, wait, pass };
}

export const button = (name: string | RegExp) =>
  screen.getByRole("button", { name });

/** Presses Approve or Deny after the click guard has opened. */
export async function answer(
  { user, wait }: Window,
  decision: "Approve" | "Deny",
): Promise<void> {
  await wait(700);
  await user.click(button(decision));
  await wait(0);
}

/** Pastes some link and goes on to the page that asks. */
export async function pasteLink({ user, wait }: Window): Promise<void> {
  await user.click(
    screen.getAllByRole("button", { name: "Add account" })[0] as HTMLElement,
  );
  await user.click(screen.getByLabelText("Enrolment link"));
  await user.paste("  countersign://enrol?v=1&token=t ");
  await user.click(button("Continue"));
  await wait(0);
}
