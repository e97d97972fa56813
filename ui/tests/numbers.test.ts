import { cleanup, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { request, snapshot } from "../src/ipc/fake/data";
import { NUMBER } from "../src/ipc/fake/samples";
import { answer, button, openWindow, useFakeTime, type Window } from "./window";

useFakeTime();

const LABEL = "Type the number shown where you are signing in";
const field = () => screen.getByLabelText(LABEL);
const approvals = ({ host }: Window) =>
  host.calls.filter(([command]) => command === "approve");

/** Types digits where the focus is and sends them with Enter, after the click guard. */
async function typeIn({ user, wait }: Window, digits: string): Promise<void> {
  await wait(700);
  await user.keyboard(`${digits}{Enter}`);
  await wait(0);
}

describe("a request that asks for a number", () => {
  it("has the focus in the field and on no button", async () => {
    for (const scenario of ["number-app", "number-server"]) {
      await openWindow(scenario);
      expect(field()).toHaveFocus();
      expect(button("Approve")).toBeDisabled();
      expect(button("Deny")).toBeEnabled();
      cleanup();
    }
  });

  it("says who compares it", async () => {
    await openWindow("number-app");
    expect(field()).toHaveAccessibleDescription(
      /^6 digits · checked by this app · /,
    );
    cleanup();
    await openWindow("number-server");
    expect(field()).toHaveAccessibleDescription(
      /^2 to 8 digits · checked by the server · /,
    );
  });

  it("can be approved once there are as many digits as it has", async () => {
    const { user } = await openWindow("number-app");
    await user.keyboard("04213");
    expect(button("Approve")).toBeDisabled();
    await user.keyboard("7");
    expect(button("Approve")).toBeEnabled();
    await user.keyboard("9");
    expect(field()).toHaveValue(NUMBER);
  });

  it("can be approved from two digits on where only the server knows it", async () => {
    const { user } = await openWindow("number-server");
    await user.keyboard("0");
    expect(button("Approve")).toBeDisabled();
    await user.keyboard("4");
    expect(button("Approve")).toBeEnabled();
    await user.keyboard("123456789");
    expect(field()).toHaveValue("04123456");
  });

  it("takes digits and nothing else, pasted ones with spaces too", async () => {
    const { user } = await openWindow("number-app");
    await user.keyboard("a-4b");
    expect(field()).toHaveValue("4");
    await user.clear(field());
    await user.paste(" 042 137\n");
    expect(field()).toHaveValue(NUMBER);
  });

  it("tells a screen reader how many digits there are", async () => {
    const { user } = await openWindow("number-app");
    await user.keyboard("042");
    expect(screen.getByText("3 digits typed")).toHaveAttribute(
      "role",
      "status",
    );
  });

  it("is approved with Enter, and with the button", async () => {
    const byEnter = await openWindow("number-app");
    await typeIn(byEnter, NUMBER);
    const { sid, digest } = request(1);
    expect(approvals(byEnter)).toEqual([["approve", sid, digest, NUMBER]]);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      /^Approved/,
    );
    cleanup();
    const byButton = await openWindow("number-server");
    await byButton.user.keyboard(NUMBER);
    await answer(byButton, "Approve");
    expect(approvals(byButton)).toEqual([["approve", sid, digest, NUMBER]]);
  });

  it("is not approved by Enter with too few digits, or in the first 600 milliseconds", async () => {
    const window = await openWindow("number-app");
    await window.user.keyboard(`${NUMBER}{Enter}`);
    expect(approvals(window)).toEqual([]);
    await window.user.keyboard("{Backspace}");
    await typeIn(window, "");
    expect(approvals(window)).toEqual([]);
  });

  it("is denied without a number", async () => {
    const window = await openWindow("number-app");
    await answer(window, "Deny");
    expect(window.host.calls).toContainEqual([
      "deny",
      request(1).sid,
      request(1).digest,
    ]);
  });

  it("forgets what was typed when it changes", async () => {
    const { host, user, wait } = await openWindow("number-app");
    await user.keyboard("042");
    const number = { checkedBy: "app", digits: 6, triesLeft: 3 } as const;
    host.change({ requests: [request(1, { digest: "another", number })] });
    await wait(0);
    expect(field()).toHaveValue("");
  });

  it("leaves the focus to whoever is at something else", async () => {
    const { host, user, wait } = await openWindow({
      snapshot: snapshot({ requests: [request(2)] }),
    });
    button("Deny").focus();
    const number = { checkedBy: "app", digits: 6, triesLeft: 3 } as const;
    const again = request(2, { digest: "another", number });
    host.change({ requests: [again] });
    await wait(0);
    await user.keyboard("1");
    expect(button("Deny")).toHaveFocus();
  });
});

describe("a wrong number", () => {
  it("says how many tries are left, and is typed anew", async () => {
    for (const scenario of ["number-app", "number-server"]) {
      const window = await openWindow(scenario);
      await typeIn(window, "042138");
      expect(screen.getByRole("alert")).toHaveTextContent(
        /That is not the number.*Nothing was approved. 2 tries are left./,
      );
      expect(field()).toHaveFocus();
      expect(field()).toHaveValue("");
      expect(field()).toHaveAccessibleDescription(/2 tries left/);
      await typeIn(window, "042138");
      expect(screen.getByRole("alert")).toHaveTextContent(
        /One try is left; after that the request is denied./,
      );
      await typeIn(window, NUMBER);
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
        /^Approved/,
      );
      cleanup();
    }
  });

  it("is typed again without another click, also after the button", async () => {
    const window = await openWindow("number-app");
    await window.user.keyboard("042138");
    await answer(window, "Approve");
    expect(screen.getByRole("alert")).toHaveTextContent(/not the number/);
    expect(field()).toHaveFocus();
  });

  it("for the third time ends the request as denied", async () => {
    const window = await openWindow("number-server");
    for (const digits of ["11", "22", "33"]) await typeIn(window, digits);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Denied after three wrong numbers.",
    );
    expect(screen.queryByLabelText(LABEL)).toBeNull();
  });

  it("too many of them are said to be too many, and denying still works", async () => {
    const window = await openWindow("number-locked");
    await typeIn(window, NUMBER);
    expect(screen.getByRole("alert")).toHaveTextContent(
      /Too many wrong numbers.*You can still deny./,
    );
    await answer(window, "Deny");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Denied.",
    );
  });
});

it("the history says who compared the number", async () => {
  const { user, wait } = await openWindow("empty");
  await user.click(button("History"));
  await wait(0);
  expect(screen.getByText(/number checked by the server/)).toBeVisible();
  expect(screen.getByText(/number checked by this app/)).toBeVisible();
  expect(screen.getByText("Denied after 3 wrong numbers")).toBeVisible();
});
