import { screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { request, snapshot } from "../src/ipc/fake/data";
import { answer, button, openWindow, useFakeTime, type Window } from "./window";

useFakeTime();

const heading = () => screen.getByRole("heading", { level: 1 });
const approvals = ({ host }: Window) =>
  host.calls.filter(([name]) => name === "approve").length;

describe("an approval that wants to know who is there", () => {
  it("asks for the PIN and approves with it", async () => {
    const window = await openWindow("needs-pin");
    await answer(window, "Approve");
    await window.user.type(screen.getByLabelText("PIN"), "135790{Enter}");
    await window.wait(0);
    expect(heading()).toHaveTextContent(/^Approved/);
    expect(approvals(window)).toBe(2);
  });

  it("says how many tries are left after a wrong one, and forgets what was typed", async () => {
    const window = await openWindow("needs-pin");
    await answer(window, "Approve");
    await window.user.type(screen.getByLabelText("PIN"), "000000{Enter}");
    await window.wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent("4 tries are left.");
    expect(screen.getByLabelText("PIN")).toHaveValue("");
    expect(heading()).not.toHaveTextContent(/^Approved/);
  });

  it("leaves the request as it was when nobody types it", async () => {
    const window = await openWindow("needs-pin");
    await answer(window, "Approve");
    await window.user.click(button("Cancel"));
    await window.wait(0);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(button("Approve")).toBeEnabled();
  });

  it("goes away when it is locked", async () => {
    const window = await openWindow("needs-pin");
    await answer(window, "Approve");
    window.host.change({ locked: true });
    await window.wait(500);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("Countersign is locked")).toBeVisible();
  });

  it("says that it waits for the system", async () => {
    const window = await openWindow("needs-system");
    await answer(window, "Approve");
    expect(
      screen.getByText(/Waiting for confirmation that it is you/),
    ).toBeVisible();
  });

  it("says that nothing was approved when the system did not confirm", async () => {
    const window = await openWindow("presence-refused");
    await answer(window, "Approve");
    expect(screen.getByRole("alert")).toHaveTextContent(
      "Nothing was approved and nothing was changed.",
    );
  });

  it("denies without a question", async () => {
    const window = await openWindow("needs-pin");
    await answer(window, "Deny");
    expect(heading()).toHaveTextContent("Denied.");
  });
});

describe("a request that is new or unusual", () => {
  it("says why, and is approved only after it was said that it is known", async () => {
    const window = await openWindow("unusual-denied");
    expect(
      screen.getByText("You denied a request from Acme a short while ago"),
    ).toBeVisible();
    expect(button("Approve")).toBeDisabled();
    await window.user.click(screen.getByRole("checkbox"));
    await answer(window, "Approve");
    expect(approvals(window)).toBe(1);
  });

  it("is denied as any other", async () => {
    const window = await openWindow("unusual-first");
    await answer(window, "Deny");
    expect(heading()).toHaveTextContent("Denied.");
  });

  it("is read once more, and approved without a gesture, where only its words are new", async () => {
    const window = await openWindow("unusual-message");
    expect(screen.getByText("Acme never asked you this before")).toBeVisible();
    await answer(window, "Approve");
    expect(heading()).toHaveTextContent(/^Approved/);
  });

  it("takes the word for one request and no other", async () => {
    const window = await openWindow({
      snapshot: snapshot({
        requests: [
          request(1, { unusual: "burst" }),
          request(2, { unusual: "burst", message: "Another?" }),
        ],
      }),
    });
    await window.user.click(screen.getByRole("checkbox"));
    await window.user.click(button(/Another\?/));
    await window.wait(0);
    expect(screen.getByRole("checkbox")).not.toBeChecked();
    expect(button("Approve")).toBeDisabled();
  });
});
