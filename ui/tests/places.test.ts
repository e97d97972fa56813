import { screen, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { at, entry, factor, request, snapshot } from "../src/ipc/fake/data";
import { answer, button, openWindow, useFakeTime } from "./window";

useFakeTime();

const heading = () => screen.getByRole("heading", { level: 1 });
const current = () =>
  within(screen.getByRole("navigation"))
    .getAllByRole("button")
    .filter((place) => place.hasAttribute("aria-current"))
    .map((place) => place.textContent.trim());
const lines = () =>
  within(screen.getByRole("main")).getAllByRole("button", { expanded: false });

describe("the places", () => {
  it("are reached with Ctrl and their number", async () => {
    const { user } = await openWindow("empty");
    await user.keyboard("{Control>}2{/Control}");
    expect(heading()).toHaveTextContent("Factors");
    expect(current()).toEqual(["Factors"]);
    await user.keyboard("{Control>}1{/Control}");
    expect(heading()).toHaveTextContent("No requests");
  });

  it("keep still while somebody types", async () => {
    const { user } = await openWindow("empty");
    await user.click(button("Add account"));
    const field = screen.getByLabelText("Enrolment link");
    await user.type(field, "countersign://");
    expect(field).toHaveValue("countersign://");
  });

  it("keep still behind a dialog", async () => {
    const { user } = await openWindow("factors");
    await user.keyboard("{Control>}2{/Control}");
    await user.click(button("Remove Acme"));
    await user.keyboard("{Control>}1{/Control}");
    expect(screen.getByRole("dialog")).toBeVisible();
    expect(current()).toEqual(["Factors"]);
  });
});

describe("the history", () => {
  it("is a room of the inbox with a way back", async () => {
    const { user, wait } = await openWindow("empty");
    await user.click(button("History"));
    await wait(0);
    expect(heading()).toHaveTextContent("History");
    expect(current()).toEqual(["Inbox"]);
    await user.click(button("Back to inbox"));
    expect(heading()).toHaveTextContent("No requests");
  });

  it("is searched after a slash, and left with Escape", async () => {
    const { user, wait } = await openWindow("empty");
    await user.keyboard("/");
    await wait(0);
    expect(screen.getByLabelText("Search the history")).toHaveFocus();
    await user.keyboard("analytical 89");
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toHaveTextContent("Analytical Press");
    await user.keyboard("x");
    expect(screen.getByText("Nothing in the history matches.")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(heading()).toHaveTextContent("No requests");
  });

  it("shows one account alone", async () => {
    const bank = {
      issuer: "Northwind Bank",
      account: "4711",
      factorSid: factor(2).sid,
    };
    const { user, wait } = await openWindow({
      snapshot: snapshot(),
      history: [entry(1, -10), entry(2, -20, bank), entry(3, -30)],
    });
    await user.click(button("History"));
    await wait(0);
    expect(lines()).toHaveLength(3);
    await user.selectOptions(
      screen.getByLabelText("Account"),
      "Northwind Bank · 4711",
    );
    expect(lines()).toHaveLength(1);
  });

  it("says what was signed, and that the proof is kept", async () => {
    const { user, wait } = await openWindow("empty");
    await user.click(button("History"));
    await wait(0);
    await user.click(lines()[0] as HTMLElement);
    expect(screen.getByText("Lisbon, Portugal")).toBeVisible();
    expect(screen.getByText(/account_sid, service_sid/)).toBeVisible();
    expect(screen.getByText(/Kept on this computer, as proof/)).toBeVisible();
  });

  it("claims no signature for what was answered elsewhere", async () => {
    const { user, wait } = await openWindow({
      snapshot: snapshot(),
      history: [entry(1, -10, { answeredHere: false })],
    });
    await user.click(button("History"));
    await wait(0);
    await user.click(lines()[0] as HTMLElement);
    expect(screen.queryByText("Signature covers")).toBeNull();
  });

  it("shows its texts as text", async () => {
    const { user, wait } = await openWindow({
      snapshot: snapshot(),
      history: [
        entry(1, -10, {
          message: "<b>Pay</b> \u202e1 EUR",
          fields: [{ label: "<i>To</i>", value: "<script>", signed: true }],
        }),
      ],
    });
    await user.click(button("History"));
    await wait(0);
    await user.click(lines()[0] as HTMLElement);
    expect(screen.getByText("<b>Pay</b> \ufffd1 EUR")).toBeVisible();
    expect(screen.getByText("<script>")).toBeVisible();
  });
});

describe("a burst", () => {
  const flood = [40, 20, 0].map((second) =>
    request(second, { createdAt: at(second), secondsLeft: 90 }),
  );
  const list = () =>
    within(screen.getByRole("region", { name: "Requests" })).getAllByRole(
      "button",
    );

  it("is one card, with a word of warning on the request", async () => {
    await openWindow({ snapshot: snapshot({ requests: flood }) });
    expect(screen.getByText("3 alike within moments")).toBeVisible();
    expect(list()).toHaveLength(2);
    expect(
      screen.getByText(/3 requests with the same words came/),
    ).toBeVisible();
  });

  it("shows each of its requests when asked to", async () => {
    const { user } = await openWindow({
      snapshot: snapshot({ requests: flood }),
    });
    await user.click(button("Show each of the 3 requests from Acme"));
    expect(list()).toHaveLength(4);
    await user.click(list()[3] as HTMLElement);
    expect(list()[3]).toHaveAttribute("aria-current", "true");
  });
});

describe("a note to a report", () => {
  it("goes with the report when there are words", async () => {
    const window = await openWindow("request");
    await answer(window, "Deny");
    await window.user.type(
      screen.getByLabelText(/Anything Acme should know/),
      " Not mine ",
    );
    await window.user.click(button("It wasn’t me"));
    await window.wait(0);
    const sent = window.host.calls.find(([name]) => name === "reportNotMe");
    expect(sent?.[3]).toBe("Not mine");
  });

  it("is not sent when it is too long", async () => {
    const window = await openWindow("request");
    await answer(window, "Deny");
    const field = screen.getByLabelText(/Anything Acme should know/);
    await window.user.click(field);
    await window.user.paste("é".repeat(257));
    expect(screen.getByText("1 character too many")).toBeVisible();
    expect(button("It wasn’t me")).toBeDisabled();
  });
});
