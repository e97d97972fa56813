import { screen, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { preview, snapshot } from "../src/ipc/fake/data";
import { button, openWindow, pasteLink, useFakeTime } from "./window";

useFakeTime();

const addInPage = () =>
  within(screen.getByRole("main")).getByRole("button", { name: "Add account" });
const enrolments = (calls: string[][]) =>
  calls.filter(([command]) => command === "enrol");

describe("adding an account", () => {
  it("shows the host first and gives the focus to Cancel", async () => {
    const window = await openWindow("first-run");
    await pasteLink(window);
    expect(screen.getByText("verify.acme.example")).toBeVisible();
    expect(
      screen.getByText(
        "Only continue if you started this yourself just now and trust verify.acme.example.",
      ),
    ).toBeVisible();
    expect(screen.getAllByText("so says the link")).toHaveLength(2);
    expect(
      screen.getByText("A new signing key, only for this account"),
    ).toBeVisible();
    expect(button("Cancel")).toHaveFocus();
  });

  it("enrols nothing on Enter", async () => {
    const window = await openWindow("first-run");
    await pasteLink(window);
    await window.user.keyboard("{Enter}");
    expect(enrolments(window.host.calls)).toEqual([]);
    expect(screen.getByLabelText("Enrolment link")).toHaveValue("");
  });

  it("enrols with the pasted link and leads to the inbox", async () => {
    const window = await openWindow("first-run");
    await pasteLink(window);
    await window.wait(700);
    await window.user.click(addInPage());
    await window.wait(0);
    expect(enrolments(window.host.calls)).toEqual([
      ["enrol", "countersign://enrol?v=1&token=t"],
    ]);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Acme was added",
    );
    await window.user.click(button("Go to inbox"));
    expect(screen.getByText("No requests")).toBeVisible();
  });

  it("ignores a click in the first 600 milliseconds", async () => {
    const window = await openWindow("first-run");
    await pasteLink(window);
    await window.user.click(addInPage());
    expect(enrolments(window.host.calls)).toEqual([]);
  });

  it("shows punycode as it is and warns of it", async () => {
    const window = await openWindow("link-punycode");
    await pasteLink(window);
    expect(screen.getByText("xn--acm-ija.example")).toBeVisible();
    expect(
      screen.getByText("This address is written with foreign letters"),
    ).toBeVisible();
  });

  it("does not let a shared service vouch for a site", async () => {
    const window = await openWindow("link-cloud");
    await pasteLink(window);
    expect(screen.getByText(/many sites share/)).toBeVisible();
    expect(
      screen.getByText(/^Only continue if you started this yourself/),
    ).toBeVisible();
  });

  it("neutralises what a link claims", async () => {
    const window = await openWindow({
      snapshot: snapshot({ factors: [] }),
      preview: preview({ issuer: "Ac\u202eme", account: "<i>ada</i>" }),
    });
    await pasteLink(window);
    expect(screen.getByText("Ac\ufffdme")).toBeVisible();
    expect(screen.getByText("<i>ada</i>")).toBeVisible();
  });

  it.each([
    [
      "link-invalid",
      "This is not an enrolment link",
      "Nothing was added and nothing was sent.",
    ],
    [
      "link-used",
      "This link was already used or has expired",
      "The account was not added.",
    ],
  ])(
    "in state %s says what went wrong and that nothing was added",
    async (state, title, what) => {
      const window = await openWindow(state);
      await pasteLink(window);
      if (state === "link-used") {
        await window.wait(700);
        await window.user.click(addInPage());
        await window.wait(0);
      }
      expect(screen.getByRole("alert")).toHaveTextContent(title);
      expect(screen.getByRole("alert")).toHaveTextContent(what);
    },
  );

  it("takes a link that the system hands over to the page that asks, and no further", async () => {
    const { host, wait } = await openWindow("empty");
    host.openLink("countersign://enrol?v=1&token=t");
    await wait(2000);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Add this account?",
    );
    expect(button("Cancel")).toHaveFocus();
    expect(enrolments(host.calls)).toEqual([]);
  });

  it("takes the link that the window was opened with", async () => {
    const { host } = await openWindow("opened-by-link");
    expect(host.calls).toContainEqual([
      "previewLink",
      expect.stringContaining("countersign://enrol"),
    ]);
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(
      "Add this account?",
    );
  });
});

describe("a factor", () => {
  const remove = async (state: string) => {
    const window = await openWindow(state);
    await window.user.click(button("Factors"));
    await window.user.click(button("Remove Acme"));
    return window;
  };

  it("shows server, key, last contact and trouble", async () => {
    const { user } = await openWindow("factors");
    await user.click(button("Factors"));
    expect(screen.getByText("id.northwind.example")).toBeVisible();
    expect(screen.getAllByText("the keyring of this desktop").length).toBe(4);
    expect(screen.getByText(/^Key no longer accepted/)).toBeVisible();
    expect(screen.getByText(/^Not finished/)).toBeVisible();
  });

  it("is removed only after a question whose Cancel has the focus", async () => {
    const { host, user, wait } = await remove("factors");
    const dialog = screen.getByRole("dialog", { name: "Remove Acme?" });
    expect(
      within(dialog).getByRole("button", { name: "Cancel" }),
    ).toHaveFocus();
    expect(host.calls.some(([command]) => command === "removeFactor")).toBe(
      false,
    );
    await user.click(button("Remove and delete the key"));
    await wait(0);
    expect(
      screen.getByText("Acme was removed. verify.acme.example was told."),
    ).toBeVisible();
    expect(screen.queryByRole("button", { name: "Remove Acme" })).toBeNull();
  });

  it("is kept when the question is cancelled", async () => {
    const { host, user } = await remove("factors");
    await user.click(button("Cancel"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(host.calls.some(([command]) => command === "removeFactor")).toBe(
      false,
    );
  });

  it("is removed here even if the server cannot be told yet", async () => {
    const { user, wait } = await remove("factors-untold");
    await user.click(button("Remove and delete the key"));
    await wait(0);
    expect(
      screen.getByText(
        /could not be told yet; Countersign tells it when it can be reached/,
      ),
    ).toBeVisible();
  });

  it("stays when removing fails, and says so", async () => {
    const { user, wait } = await remove("remove-fails");
    await user.click(button("Remove and delete the key"));
    await wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent(
      "The keychain is locked",
    );
    expect(screen.getByRole("alert")).toHaveTextContent(
      "The account was not removed.",
    );
  });
});

describe("the history", () => {
  it("says how each request ended and where it was answered", async () => {
    const { user, wait } = await openWindow("empty");
    await user.click(button("History"));
    await wait(0);
    expect(screen.getByRole("heading", { name: "Today" })).toBeVisible();
    const items = screen
      .getAllByRole("listitem")
      .map((item) => item.textContent);
    expect(items[0]).toContain("Approved on this computer");
    expect(items[1]).toContain("Denied on this computer");
    expect(items[2]).toContain("Approved on another device");
    expect(items[3]).toContain("Expired");
  });
});
