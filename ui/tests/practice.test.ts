import { screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { request } from "../src/ipc/fake/data";
import { answer, button, openWindow, useFakeTime } from "./window";

useFakeTime();

const commands = ({ calls }: { calls: string[][] }) => [
  ...new Set(calls.map(([command]) => command)),
];

async function practise() {
  const window = await openWindow("no-accounts");
  const before = commands(window.host);
  await window.user.click(button("Practise first"));
  await window.wait(0);
  return { ...window, before };
}

describe("practice", () => {
  it.each([
    ["Approve", "Approved, for practice"],
    ["Deny", "Denied, for practice"],
    ["It wasn’t me", "Denied and reported, for practice"],
  ])("with %s asks the program for nothing", async (choice, outcome) => {
    const window = await practise();
    await answer(window, choice as "Approve");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      outcome,
    );
    expect(screen.getByText("Only practice")).toBeVisible();
    expect(commands(window.host)).toEqual(window.before);
    expect(await window.host.history()).toEqual([]);
  });

  it("has a click guard and a time limit as a real request has", async () => {
    const { user, pass, wait } = await practise();
    await user.click(button("Approve"));
    expect(screen.queryByText("Approved, for practice")).toBeNull();
    await pass(119);
    expect(screen.getByText("Only 1 second left")).toBeVisible();
    await pass(1);
    await wait(0);
    expect(screen.getByText("Expired, for practice")).toBeVisible();
    await user.click(button("Once more"));
    expect(screen.getByText("2:00 left")).toBeVisible();
  });

  it("is neither in the inbox nor counted, and gives way to a real request", async () => {
    const { host, wait, user } = await practise();
    expect(document.title).toBe("Countersign");
    host.change({ requests: [request(1)] });
    await wait(0);
    expect(document.title).toBe("(1) Countersign");
    host.openRequest(request(1).sid);
    await wait(0);
    expect(screen.queryByText("Only practice")).toBeNull();
    await user.keyboard("{Escape}");
  });
});
