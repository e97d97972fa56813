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
});
