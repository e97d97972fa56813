import { screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { at, entry, factor, request, snapshot } from "../src/ipc/fake/data";
import { answer, button, openWindow, useFakeTime } from "./window";

useFakeTime();

const cards = () =>
  within(screen.getByRole("region", { name: "Requests" })).getAllByRole(
    "button",
  );
const announced = () =>
  screen
    .getAllByRole("status")
    .map((status) => status.textContent)
    .join(" ");

describe("the inbox", () => {
  it("has the newest request first", async () => {
    await openWindow("many");
    const created = cards().map((card) => card.textContent);
    expect(created[0]).toContain("Pay 1,250.00 EUR");
    expect(created[1]).toContain("Sign in to Acme on the web?");
    expect(created[2]).toContain("staging");
  });

  it("counts what can be answered, and not what a server no longer takes from this computer", async () => {
    const { host, wait } = await openWindow("request");
    expect(document.title).toBe("(1) Countersign");
    host.change({
      factors: host.state.factors.map((known) => ({
        ...known,
        connection: { kind: "signedOut" },
      })),
    });
    await wait(0);
    expect(document.title).toBe("Countersign");
    expect(cards()).toHaveLength(1);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])(
    "tells of other details than before only where somebody has to confirm (%s)",
    async (needsPresence, told) => {
      const { host, wait } = await openWindow("empty");
      host.change({
        requests: [request(1, { unusual: "newDetails", needsPresence })],
      });
      await wait(0);
      expect(screen.getByRole("button", { name: "Approve" })).toBeVisible();
      expect(screen.queryAllByText(/but with other details/)).toHaveLength(
        told,
      );
    },
  );

  it("opens another request when it is chosen", async () => {
    const { user, wait } = await openWindow("many");
    await user.click(cards()[1] as HTMLElement);
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Acme");
    expect(cards()[1]).toHaveAttribute("aria-current", "true");
  });

  it("is walked through with the arrow keys", async () => {
    const { user } = await openWindow("many");
    cards()[0]?.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(cards()[2]).toHaveFocus();
    await user.keyboard("{ArrowUp}");
    expect(cards()[1]).toHaveFocus();
  });

  it("does not put a new request over the one that is read", async () => {
    const { host, wait } = await openWindow("request");
    const newer = request(7, { issuer: "Newcomer", createdAt: at(0) });
    host.change({ requests: [newer, ...host.state.requests] });
    await wait(0);
    expect(cards()[0]).toHaveTextContent("Newcomer");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Acme");
  });

  it("keeps an expired request for a minute and says that nothing was approved", async () => {
    const { pass, user } = await openWindow("request");
    await pass(103);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      /^Expired at .+\. Nothing was approved\.$/,
    );
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    await pass(600);
    expect(cards()[0]).toHaveTextContent("Expired at");
    await user.click(button("Back to inbox"));
    expect(screen.getByText("No requests")).toBeVisible();
  });

  it("forgets an expired request that nobody looks at after a minute", async () => {
    const { pass, user } = await openWindow("many");
    await user.click(cards()[1] as HTMLElement);
    await pass(25);
    expect(cards()[2]).toHaveTextContent("Expired at");
    await pass(50);
    expect(cards()).toHaveLength(3);
    await pass(10);
    expect(cards()).toHaveLength(2);
  });

  it("never opens another request because the open one ended", async () => {
    const { pass } = await openWindow({
      snapshot: snapshot({
        requests: [
          request(1, { secondsLeft: 5 }),
          request(2, { issuer: "Other", createdAt: at(-300) }),
        ],
      }),
    });
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Acme asks",
    );
    for (const seconds of [6, 30, 40]) {
      await pass(seconds);
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
        /^Expired at/,
      );
      expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    }
  });

  it("counts each request by its own server's word and no other clock", async () => {
    // What the second server takes the time for would end all requests or none.
    const { pass } = await openWindow({
      snapshot: snapshot({
        requests: [
          request(2, {
            issuer: "Other",
            createdAt: at(93_600),
            expiresAt: at(93_700),
            secondsLeft: 60,
          }),
          request(1, {
            createdAt: at(-90_000),
            expiresAt: at(-89_000),
            secondsLeft: 90,
          }),
        ],
      }),
    });
    expect(cards()[0]).toHaveTextContent("1:00 left");
    expect(cards()[1]).toHaveTextContent("1:30 left");
    await pass(70);
    expect(cards()[0]).toHaveTextContent("Only 20 seconds left");
    expect(cards()[0]).toHaveTextContent("Acme");
    expect(cards()[1]).toHaveTextContent("Expired at");
  });

  it("counts on although this computer's clock is set", async () => {
    const { host, pass, wait } = await openWindow("request");
    vi.setSystemTime("2026-11-22T00:00:00Z");
    await wait(1000);
    expect(cards()[0]).toHaveTextContent("1:42 left");
    host.change({ lastChecked: at(0) });
    await pass(10);
    expect(cards()[0]).toHaveTextContent("1:32 left");
  });

  it("reads the news once in a quarter of a second, and the last of them", async () => {
    const { host, wait } = await openWindow("request");
    const reads = () =>
      host.calls.filter(([command]) => command === "snapshot").length;
    const before = reads();
    for (let number = 0; number < 50; number += 1) {
      host.change({ lastChecked: at(number) });
      await wait(20);
    }
    expect(reads() - before).toBeLessThanOrEqual(5);
    host.change({ requests: [request(1), request(2, { issuer: "Last" })] });
    await wait(260);
    expect(cards()[1]).toHaveTextContent("Last");
  });

  it("says that nothing waits once the outcome had its time", async () => {
    const window = await openWindow("request");
    await answer(window, "Approve");
    await window.wait(3100);
    expect(screen.getByText("No requests")).toBeVisible();
    expect(cards()[0]).toHaveTextContent("Approved");
  });

  it("fetches an unreachable request again only when its server is back", async () => {
    const { host, wait } = await openWindow("offline-request");
    const fetches = () =>
      host.calls.filter(([command]) => command === "showRequest").length;
    const before = fetches();
    for (let round = 0; round < 5; round += 1) {
      host.change({ lastChecked: at(round) });
      await wait(250);
    }
    expect(fetches()).toBe(before);
    host.change({ factors: [factor(1)] });
    await wait(250);
    expect(fetches()).toBe(before + 1);
  });

  it("lets go of a request whose factor was removed", async () => {
    const { host, wait } = await openWindow("request");
    host.change({ factors: [factor(2)], requests: [] });
    await wait(0);
    expect(screen.getByText("No requests")).toBeVisible();
    expect(document.body).not.toHaveTextContent("took this request back");
  });

  it("says when a request was answered on another device", async () => {
    const { host, wait } = await openWindow({
      snapshot: snapshot({ requests: [request(1)] }),
      fresh: [request(1), request(1, { status: "denied" })],
    });
    host.change({ requests: [] });
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Denied on another device.",
    );
  });

  it("does not call this computer's own command line another device", async () => {
    const { host, wait } = await openWindow({
      snapshot: snapshot({ requests: [request(1)] }),
      fresh: [request(1), request(1, { status: "approved" })],
      history: [entry(1, 5, { sid: request(1).sid })],
    });
    host.change({ requests: [] });
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      /^Approved · /,
    );
  });

  it("says when it was last checked, and checks", async () => {
    const { host, user, wait } = await openWindow("empty");
    expect(screen.getByText("No requests")).toBeVisible();
    expect(screen.getByText(/^Last checked/)).toBeVisible();
    await user.click(button("Check now"));
    await wait(0);
    expect(
      host.calls.at(-2)?.[0] === "checkNow" ||
        host.calls.at(-1)?.[0] === "checkNow",
    ).toBe(true);
  });

  it("follows what the program says", async () => {
    const { host, wait } = await openWindow("empty");
    host.change({ requests: [request(1)] });
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Acme asks for your approval",
    );
    expect(document.title).toBe("(1) Countersign");
  });
});

describe("the inbox in one column", () => {
  beforeEach(() => {
    document.documentElement.classList.add("narrow");
  });
  afterEach(() => {
    document.documentElement.classList.remove("narrow");
  });

  it("opens nothing by itself", async () => {
    await openWindow("request");
    expect(cards()).toHaveLength(1);
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  });

  it("moves the focus to the request and back to the list", async () => {
    const { user, wait } = await openWindow("request");
    await user.click(cards()[0] as HTMLElement);
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
    await user.keyboard("{Escape}");
    await wait(0);
    expect(cards()[0]).toHaveFocus();
  });
});

describe("a screen reader hears", () => {
  it("of an arrival", async () => {
    const { host, wait } = await openWindow("empty");
    host.change({ requests: [request(1, { expiresAt: at(300) })] });
    await wait(0);
    expect(announced()).toContain("New request from Acme. 5 minutes left.");
  });

  it("the time at 60, 30 and 10 seconds, and not in between", async () => {
    const { pass } = await openWindow({
      snapshot: snapshot({ requests: [request(1, { expiresAt: at(70) })] }),
    });
    const heard = new Set<string>();
    for (let second = 0; second < 69; second += 1) {
      await pass(1);
      heard.add(announced());
    }
    expect([...heard].filter((text) => text.includes("left."))).toEqual([
      "New request from Acme. 1 minute left.",
      "Request from Acme: 1 minute left.",
      "Request from Acme: 30 seconds left.",
      "Request from Acme: 10 seconds left.",
    ]);
  });
});

describe("a state that needs the whole window", () => {
  it.each([
    ["first-run", "Approve sign-ins from this computer", "Add account"],
    ["keychain-locked", "Your keychain is locked", "Unlock keychain"],
    ["keychain-missing", "No keychain was found", "Try again"],
    ["cannot-start", "Countersign could not start properly", "Try again"],
  ])("%s explains itself and has a way on", async (state, title, way) => {
    await openWindow(state);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(title);
    expect(screen.getAllByRole("button", { name: way }).length).toBeGreaterThan(
      0,
    );
  });

  it("gives way when the keychain is open again", async () => {
    const { host, wait } = await openWindow("keychain-missing");
    host.change({ state: "ready" });
    await wait(0);
    expect(screen.getByText("No requests")).toBeVisible();
  });

  it("names a state that it does not know", async () => {
    const odd = snapshot();
    Object.assign(odd, { state: "somethingNew" });
    await openWindow({ snapshot: odd });
    expect(screen.getByText("State: somethingNew")).toBeVisible();
  });
});

describe("a banner", () => {
  it("names each server whose clock is another than this computer's", async () => {
    await openWindow("clock-wrong");
    expect(
      screen.getByText(
        "This computer’s clock is 2 hours behind that of verify.acme.example",
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        "This computer’s clock is 26 hours ahead of that of id.northwind.example",
      ),
    ).toBeVisible();
    expect(button("Approve")).toBeEnabled();
  });

  it("tells that another program does the checking", async () => {
    await openWindow("not-polling");
    expect(
      screen.getByText("Another Countersign is already checking for requests"),
    ).toBeVisible();
  });
});
