import { screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { failure, request, snapshot } from "../src/ipc/fake/data";
import { answer, button, openWindow, useFakeTime, type Window } from "./window";

useFakeTime();

async function notMe({ user, wait }: Window): Promise<void> {
  await wait(700);
  await user.click(button("It wasn’t me"));
  await wait(0);
}

const outcome = () => screen.getByRole("heading", { level: 1 });
const reports = ({ host }: Window) =>
  host.calls.filter(([command]) => command === "reportNotMe");

describe("“It wasn’t me”", () => {
  it("denies and reports exactly what was shown, and says what to do", async () => {
    const window = await openWindow("request");
    await notMe(window);
    const { sid, digest } = request(1);
    expect(reports(window)).toEqual([["reportNotMe", sid, digest]]);
    expect(outcome()).toHaveTextContent("Denied, and reported to Acme.");
    expect(outcome()).toHaveFocus();
    expect(screen.getByText(/change it there/)).toBeVisible();
  });

  it("stays in front until the person leaves it", async () => {
    const window = await openWindow("request");
    await notMe(window);
    await window.wait(30_000);
    expect(outcome()).toHaveTextContent("Denied, and reported to Acme.");
    await window.user.click(button("Back to inbox"));
    expect(screen.queryByText(/change it there/)).toBeNull();
  });

  it("is ignored in the first 600 milliseconds, and sent once", async () => {
    const window = await openWindow({
      snapshot: snapshot({ requests: [request(1)] }),
      hangs: ["reportNotMe"],
    });
    await window.user.click(button("It wasn’t me"));
    expect(reports(window)).toEqual([]);
    await notMe(window);
    expect(button("It wasn’t me")).toBeDisabled();
    expect(button("Approve")).toBeDisabled();
    expect(screen.getByText("Denying and reporting…")).toBeVisible();
    expect(reports(window)).toHaveLength(1);
  });

  it("offers the issuer's own address as text where the server takes no reports", async () => {
    const window = await openWindow("report-address");
    await notMe(window);
    expect(outcome()).toHaveTextContent("Denied. Nobody was told why yet.");
    const address = screen.getByText(
      "https://verify.acme.example/report?case=81-C&from=countersign",
    );
    expect(address.tagName).toBe("BDI");
    expect(address.closest("a")).toBeNull();
  });

  it("does not claim a report where nobody takes one", async () => {
    const window = await openWindow("report-nobody");
    await notMe(window);
    expect(outcome()).toHaveTextContent("Denied. Nobody was told why.");
    expect(document.body).not.toHaveTextContent(/reported/);
  });

  it("says that a report did not get through, and can be sent again", async () => {
    const window = await openWindow("report-fails");
    await notMe(window);
    expect(outcome()).toHaveTextContent(
      "Denied, but the report did not get through.",
    );
    await window.user.click(button("Try to report again"));
    await window.wait(0);
    expect(outcome()).toHaveTextContent("Denied, and reported to Acme.");
    expect(reports(window)).toHaveLength(2);
  });

  it("can still be said after a denial, for which the page waits", async () => {
    const window = await openWindow("request");
    await answer(window, "Deny");
    await window.wait(30_000);
    expect(outcome()).toHaveTextContent("Denied.");
    expect(screen.getByText("Did you start this yourself?")).toBeVisible();
    await window.user.click(button("It wasn’t me"));
    await window.wait(0);
    expect(outcome()).toHaveTextContent("Denied, and reported to Acme.");
    expect(window.host.calls.map(([command]) => command)).toContain("deny");
    expect(reports(window)).toHaveLength(1);
  });

  it("is not said by whoever denied what they started", async () => {
    const window = await openWindow("request");
    await answer(window, "Deny");
    await window.user.click(button("I did, cancel it"));
    expect(screen.queryByText("Did you start this yourself?")).toBeNull();
    expect(reports(window)).toEqual([]);
  });

  it("that denied nothing leaves the request open and says so", async () => {
    const window = await openWindow({
      snapshot: snapshot({ requests: [request(1)] }),
      fails: { reportNotMe: failure("offline") },
    });
    await notMe(window);
    expect(screen.getByRole("alert")).toHaveTextContent(
      /Your denial is not confirmed, and nothing was reported./,
    );
    expect(button("Deny")).toBeEnabled();
  });
});
