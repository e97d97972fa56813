import { cleanup, screen, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { failure, request, snapshot } from "../src/ipc/fake/data";
import type { HostError } from "../src/ipc/host";
import { scenarios } from "../src/ipc/fake/scenarios";
import { answer, button, openWindow, useFakeTime } from "./window";

useFakeTime();

const decisions = (calls: string[][]) =>
  calls.filter(([command]) => command === "approve" || command === "deny");

describe("a request", () => {
  it("shows who asks and from where, before everything else", async () => {
    await openWindow("request");
    const heading = screen.getByRole("heading", { level: 1 });
    expect(heading).toHaveTextContent("Acme asks for your approval");
    expect(heading.nextElementSibling).toHaveTextContent("verify.acme.example");
    expect(screen.getByRole("figure")).toHaveTextContent("Acme wrote");
    expect(
      within(screen.getByRole("figure")).getByText(
        "Sign in to Acme on the web?",
      ),
    ).toBeVisible();
    expect(screen.getByText("Firefox 145 on Linux")).toBeVisible();
    expect(screen.getAllByText("1:42 left").length).toBeGreaterThan(0);
  });

  it("gives the focus to no button", async () => {
    await openWindow("request");
    expect(document.body).toHaveFocus();
  });

  it("does nothing on Enter before a button has the focus", async () => {
    const window = await openWindow("request");
    await window.wait(2000);
    await window.user.keyboard("{Enter} ");
    expect(decisions(window.host.calls)).toEqual([]);
  });

  it("writes text from outside as text, with nothing hidden in it", async () => {
    await openWindow("hostile");
    const page = document.body.textContent;
    expect(page).toContain("<b>Approve</b> \ufffd000,1\ufffd EUR?");
    expect(page).toContain("<script>alert(1)</script>");
    expect(
      document.querySelector("blockquote b, dd script, blockquote a"),
    ).toBeNull();
    expect(page).not.toMatch(/(?!\s)[\p{Cc}\p{Cf}]/u);
    expect(
      screen.getAllByText(/Contains invisible characters/).length,
    ).toBeGreaterThan(0);
  });

  it("isolates every value from outside from the text around it", async () => {
    await openWindow("hostile");
    for (const value of screen.getAllByText(/بنك/))
      expect(value.tagName).toBe("BDI");
  });

  it("folds what is long and unfolds it on demand", async () => {
    const { user } = await openWindow("long");
    const quote = screen.getByRole("figure");
    expect(quote).not.toHaveTextContent("Do you agree?");
    await user.click(
      within(quote).getByRole("button", { name: /^Show all of/ }),
    );
    expect(quote).toHaveTextContent("Do you agree?");
  });

  it("marks what the signature does not cover", async () => {
    await openWindow("unsigned");
    expect(
      screen.getByText("Your signature does not cover these details"),
    ).toBeVisible();
    expect(screen.getAllByText("Not covered by your signature")).toHaveLength(
      3,
    );
  });

  it("says in other words that time is running out", async () => {
    const { pass } = await openWindow("request");
    await pass(73);
    expect(screen.getAllByText("Only 29 seconds left").length).toBeGreaterThan(
      0,
    );
    expect(screen.queryByText(/0:29 left/)).toBeNull();
  });
});

describe("an answer", () => {
  it("carries the digest of exactly what was shown", async () => {
    const window = await openWindow({
      snapshot: snapshot({ requests: [request(1, { digest: "stored" })] }),
      fresh: [request(1, { digest: "as-shown" })],
    });
    await answer(window, "Approve");
    expect(decisions(window.host.calls)).toEqual([
      ["approve", request(1).sid, "as-shown"],
    ]);
  });

  it("is ignored in the first 600 milliseconds", async () => {
    const { host, user, wait } = await openWindow("request");
    await wait(500);
    await user.click(button("Approve"));
    await user.click(button("Deny"));
    expect(decisions(host.calls)).toEqual([]);
    await wait(200);
    await user.click(button("Deny"));
    expect(decisions(host.calls)).toHaveLength(1);
  });

  it("is taken however often the list changes", async () => {
    for (const decision of ["Approve", "Deny"] as const) {
      const { host, user, wait } = await openWindow("request");
      for (let number = 2; number < 8; number += 1) {
        host.change({
          requests: [...host.state.requests, request(number)],
        });
        await wait(500);
      }
      await user.click(button(decision));
      expect(decisions(host.calls)).toEqual([
        [decision.toLowerCase(), request(1).sid, request(1).digest],
      ]);
      cleanup();
    }
  });

  it("is ignored again after Approve has moved, but for a denial", async () => {
    const { host, user, wait } = await openWindow("request");
    await wait(5000);
    button("Approve").getBoundingClientRect = () => new DOMRect(0, 40, 80, 48);
    host.change({ online: true });
    await wait(0);
    await user.click(button("Approve"));
    expect(decisions(host.calls)).toEqual([]);
    await user.click(button("Deny"));
    expect(decisions(host.calls)).toHaveLength(1);
  });

  it("can be a denial of a request that changes all the time", async () => {
    const { host, user, wait } = await openWindow("request");
    for (let number = 0; number < 6; number += 1) {
      const changed = request(1, { digest: `digest-${number}` });
      host.change({ requests: [changed] });
      await wait(300);
    }
    await user.click(button("Approve"));
    expect(decisions(host.calls)).toEqual([]);
    await user.click(button("Deny"));
    expect(decisions(host.calls)).toEqual([
      ["deny", request(1).sid, "digest-5"],
    ]);
  });

  it("is ignored again after the window came to the front", async () => {
    const { host, user, wait } = await openWindow("request");
    await wait(5000);
    globalThis.window.dispatchEvent(new Event("focus"));
    await user.click(button("Approve"));
    expect(decisions(host.calls)).toEqual([]);
  });

  it("is sent once, however often it is clicked", async () => {
    const window = await openWindow("answering");
    await answer(window, "Approve");
    expect(
      screen.getByText("Signing and sending your approval…"),
    ).toBeVisible();
    expect(button("Approve")).toBeDisabled();
    expect(button("Deny")).toBeDisabled();
    await window.user.click(button("Approve"));
    expect(decisions(window.host.calls)).toHaveLength(1);
  });

  it("does not expire while it is under way", async () => {
    const window = await openWindow("answering");
    await answer(window, "Approve");
    await window.pass(103);
    expect(
      screen.getByText("Signing and sending your approval…"),
    ).toBeVisible();
    expect(document.body).not.toHaveTextContent("Nothing was approved");
  });

  it("says in words that it was approved, and takes the focus there", async () => {
    const window = await openWindow("request");
    await answer(window, "Approve");
    const heading = screen.getByRole("heading", { level: 1 });
    expect(heading).toHaveTextContent(
      /^Approved · .+ · signed with this computer’s key$/,
    );
    expect(heading).toHaveFocus();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  });

  it("says that it was denied", async () => {
    const window = await openWindow("request");
    await answer(window, "Deny");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Denied.",
    );
  });

  it("stays in front until the person chooses the next request", async () => {
    const window = await openWindow("many");
    await answer(window, "Approve");
    await window.wait(60_000);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Approved",
    );
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    await window.user.click(button("Back to inbox"));
    await window.wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Acme asks",
    );
  });

  it("cannot be given while offline, and the page says why", async () => {
    await openWindow("offline-request");
    for (const name of ["Approve", "Deny"]) {
      expect(button(name)).toBeDisabled();
      expect(button(name)).toHaveAccessibleDescription(
        /cannot be reached, so no answer can be sent/,
      );
    }
    expect(screen.getByText(/^Offline since/)).toBeVisible();
    expect(screen.getByText(/What you see is 4 minutes old/)).toBeVisible();
  });

  it("becomes possible again when the connection is back", async () => {
    const offline = scenarios["offline-request"];
    if (!offline) throw new Error("no such scenario");
    const scenario = { ...offline, fails: { ...offline.fails } };
    const { host, wait } = await openWindow(scenario);
    delete scenario.fails.showRequest;
    host.change({ online: true, factors: snapshot().factors });
    await wait(0);
    expect(button("Approve")).toBeEnabled();
  });
});

describe("a request that changed after it was shown", () => {
  it("is shown anew with an explanation, and nothing was signed", async () => {
    const window = await openWindow("changed");
    await answer(window, "Approve");
    expect(
      screen.getByText("This request changed after it was shown to you"),
    ).toBeVisible();
    expect(screen.getByText(/Nothing was signed/)).toBeVisible();
    expect(screen.getByText("Lagos, Nigeria").closest("dd")).toHaveTextContent(
      "Changed",
    );
    expect(
      screen.getByText("Firefox 145 on Linux").closest("dd"),
    ).not.toHaveTextContent("Changed");
    await answer(window, "Deny");
    expect(decisions(window.host.calls).at(-1)).toEqual([
      "deny",
      request(1).sid,
      "a-fresh-digest",
    ]);
  });

  it("is noticed in the list, before any answer", async () => {
    const { host, wait } = await openWindow("request");
    host.change({
      requests: [request(1, { digest: "new", message: "Sign in as admin?" })],
    });
    await wait(0);
    expect(
      screen.getByText("This request changed after it was shown to you"),
    ).toBeVisible();
    expect(
      within(screen.getByRole("figure")).getByText("Changed"),
    ).toBeVisible();
  });
});

describe("a failed answer", () => {
  it.each([
    [
      "key-lost",
      "The key for this account is gone from this computer",
      "Nothing was approved",
    ],
    [
      "revoked",
      "The site no longer accepts this computer’s key",
      "Nothing was approved.",
    ],
    ["refused", "The server refused this", "Nothing was approved."],
    [
      "offline-on-answer",
      "The server cannot be reached",
      "Your approval is not confirmed and is not kept for later.",
    ],
    [
      "unconfirmed-on-answer",
      "It is not known whether your answer arrived",
      "It was sent, and the server has not confirmed it.",
    ],
    [
      "keychain-refused",
      "The keychain refused to use the key",
      "Nothing was approved.",
    ],
    [
      "clock-refused",
      "The server refused this computer’s clock",
      "Nothing was approved.",
    ],
    [
      "storage-broken",
      "Countersign cannot read or write its own data",
      "Nothing was approved.",
    ],
  ])(
    "in state %s says what happened and whether anything was approved",
    async (state, title, what) => {
      const window = await openWindow(state);
      await answer(window, "Approve");
      const note = screen.getByRole("alert");
      expect(note).toHaveTextContent(title);
      expect(note).toHaveTextContent(what);
      expect(note).toHaveTextContent("Code: ");
    },
  );

  it("does not call an unconfirmed denial an approval", async () => {
    const window = await openWindow("offline-on-answer");
    await answer(window, "Deny");
    expect(screen.getByRole("alert")).toHaveTextContent(
      "Your denial is not confirmed.",
    );
  });

  it("comes back to the front when something else was opened meanwhile", async () => {
    const { host, user, wait } = await openWindow({
      snapshot: snapshot({
        requests: [request(1), request(2, { issuer: "Other" })],
      }),
    });
    let fail: (error: HostError) => void = () => undefined;
    host.approve = () =>
      new Promise((_, reject) => {
        fail = reject;
      });
    await wait(700);
    await user.click(button("Approve"));
    await user.click(screen.getByRole("button", { name: /^Other/ }));
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Other",
    );
    fail(failure("keychainRefused"));
    await wait(0);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Acme");
    expect(screen.getByRole("alert")).toHaveTextContent("The keychain refused");
  });

  it.each(["offline", "unconfirmed"] as const)(
    "with code %s is called ours when it arrived although nobody confirmed it",
    async (code) => {
      const window = await openWindow({
        snapshot: snapshot({ requests: [request(1)] }),
        fresh: [request(1), request(1, { status: "approved" })],
        fails: { approve: failure(code) },
      });
      await answer(window, "Approve");
      window.host.change({ requests: [] });
      await window.wait(0);
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
        /^Approved · /,
      );
    },
  );

  it.each(["offline-on-answer", "unconfirmed-on-answer"])(
    "in state %s is never called expired with nothing approved",
    async (state) => {
      const window = await openWindow(state);
      await answer(window, "Approve");
      await window.pass(103);
      const heading = screen.getByRole("heading", { level: 1 });
      expect(heading).toHaveTextContent(
        /Whether your answer arrived is not known\.$/,
      );
      expect(document.body).not.toHaveTextContent("Nothing was approved");
    },
  );

  it("leads to the factors when the key is of no use", async () => {
    const window = await openWindow("key-lost");
    await answer(window, "Approve");
    expect(button("Approve")).toBeDisabled();
    await window.user.click(button("Open Factors"));
    expect(screen.getByRole("heading", { name: "Factors" })).toBeVisible();
  });

  it.each([
    ["answered-elsewhere", "Approved on another device."],
    ["withdrawn", "Acme took this request back."],
    ["expired-on-answer", /^Expired at .+\. Nothing was approved\.$/],
  ])(
    "in state %s ends the request with its own sentence",
    async (state, sentence) => {
      const window = await openWindow(state);
      await answer(window, "Approve");
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
        sentence,
      );
    },
  );
});
