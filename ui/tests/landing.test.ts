import { screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { request, snapshot, factor } from "../src/ipc/fake/data";
import { openWindow, useFakeTime } from "./window";

useFakeTime();

const one = request(1, { issuer: "Acme" });
const two = request(2, { issuer: "Newcomer" });
const both = snapshot({ factors: [factor(1)], requests: [two, one] });
const title = () => screen.getByRole("heading", { level: 1 });

describe("a request that is chosen outside the window", () => {
  it("is the one that a window made for it opens at", async () => {
    await openWindow({ snapshot: both, openedAt: one.sid });
    expect(title()).toHaveTextContent("Acme");
  });

  it("comes in the place of whatever is open", async () => {
    const { host, wait } = await openWindow({ snapshot: both });
    for (const [sid, name] of [
      [two.sid, "Newcomer"],
      [one.sid, "Acme"],
    ] as const) {
      host.openRequest(sid);
      await wait(0);
      expect(title()).toHaveTextContent(name);
    }
  });

  it("leads to its entry in the history when it has ended", async () => {
    const { host, wait } = await openWindow("empty");
    const [, second] = await host.history();
    host.openRequest(second?.sid ?? "");
    await wait(0);
    expect(title()).toHaveTextContent("History");
    const line = screen.getByRole("button", { expanded: true });
    expect(line).toHaveTextContent("Reset your password?");
    expect(line).toHaveFocus();
  });

  it("says so when this computer knows nothing of it", async () => {
    const { host, wait } = await openWindow("empty");
    host.openRequest("YC0");
    await wait(0);
    expect(
      screen.getByText(/not in the history of this computer/),
    ).toBeVisible();
  });
});
