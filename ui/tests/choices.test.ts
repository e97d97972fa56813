import { screen, within } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { at, factor, failure, snapshot } from "../src/ipc/fake/data";
import type { Scenario } from "../src/ipc/fake/scenario";
import { scenarios } from "../src/ipc/fake/scenarios";
import { button, openWindow, useFakeTime, type Window } from "./window";

useFakeTime();

const heading = () => screen.getByRole("heading", { level: 1 });
const sent = ({ host }: Window, command: string) =>
  host.calls.filter(([name]) => name === command);
const control = (name: string) => screen.getByRole("switch", { name });

async function openSettings(scenario: Parameters<typeof openWindow>[0]) {
  const window = await openWindow(scenario);
  await window.user.keyboard("{Control>}3{/Control}");
  await window.wait(0);
  return window;
}

describe("the settings", () => {
  it("keep a change at once, with everything else as it was, and say so", async () => {
    const window = await openSettings("empty");
    const before = await window.host.settings();
    await window.user.click(control("Stay in the tray"));
    await window.wait(0);
    const [call] = sent(window, "changeSettings");
    expect(JSON.parse(call?.[1] ?? "")).toEqual({
      ...before,
      closeToTray: false,
    });
    expect(control("Stay in the tray")).not.toBeChecked();
    expect(screen.getByText("Saved")).toBeVisible();
  });

  it("show what is kept when a change fails, and why it failed", async () => {
    const window = await openSettings("setting-fails");
    await window.user.click(control("Stay in the tray"));
    await window.user.selectOptions(screen.getByLabelText("Theme"), "Dark");
    await window.wait(0);
    expect(control("Stay in the tray")).toBeChecked();
    expect(screen.getByLabelText("Theme")).toHaveDisplayValue("As the system");
    expect(screen.getByRole("alert")).toHaveTextContent("Nothing was changed.");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it("put the chosen theme on the page", async () => {
    const window = await openSettings("empty");
    await window.user.selectOptions(screen.getByLabelText("Theme"), "Dark");
    await window.wait(0);
    expect(document.documentElement.dataset.theme).toBe("dark");
  });

  it("offer what was chosen by other means", async () => {
    await openSettings({ snapshot: snapshot(), settings: { historyDays: 12 } });
    const history = screen.getByLabelText("Keep the history");
    expect(history).toHaveDisplayValue("For 12 days");
  });

  it("start the program with the system only when asked to", async () => {
    const window = await openSettings("empty");
    expect(control("Start with the system")).not.toBeChecked();
    await window.user.click(control("Start with the system"));
    await window.wait(0);
    expect(sent(window, "setAutostart")).toEqual([["setAutostart", "true"]]);
  });

  it("do not lock what nobody could unlock", async () => {
    await openSettings("unlockable");
    expect(button("Lock now")).toBeDisabled();
  });
});

describe("the PIN", () => {
  it("is set when both fields have the same", async () => {
    const window = await openSettings("unlockable");
    await window.user.click(button("Set a PIN"));
    await window.user.type(screen.getByLabelText("New PIN"), "135790");
    await window.user.type(screen.getByLabelText("New PIN again"), "135791");
    expect(screen.getByText(/not the same yet/)).toBeVisible();
    const confirm = within(screen.getByRole("dialog")).getByRole("button", {
      name: "Set the PIN",
    });
    expect(confirm).toBeDisabled();
    await window.user.type(
      screen.getByLabelText("New PIN again"),
      "{Backspace}0",
    );
    await window.user.click(confirm);
    await window.wait(0);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect((await window.host.pinState()).isSet).toBe(true);
  });

  it("is not removed with a wrong one", async () => {
    const window = await openSettings("with-pin");
    await window.user.click(button("Remove"));
    await window.user.type(
      screen.getByLabelText("Current PIN"),
      "000000{Enter}",
    );
    await window.wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent("4 tries are left.");
    expect((await window.host.pinState()).isSet).toBe(true);
  });
});

describe("the lock", () => {
  const locked = () => screen.queryByText("Countersign is locked");

  it("hides everything but the count", async () => {
    const { host, wait } = await openWindow("many");
    host.change({ locked: true });
    await wait(0);
    expect(locked()).toBeVisible();
    expect(screen.getByText("3 requests wait")).toBeVisible();
    expect(document.body).not.toHaveTextContent(/Acme|Northwind|EUR/);
    expect(document.title).toBe("(3) Countersign");
    expect(screen.queryByRole("navigation")).toBeNull();
  });

  it("shows nothing that ended either, before or after", async () => {
    const { host, user, pass, wait } = await openWindow("locked");
    host.change({ locked: false });
    await wait(0);
    await pass(103);
    host.change({ locked: true });
    await wait(500);
    expect(document.body).not.toHaveTextContent(/Acme/);
    await user.click(button("Unlock"));
    await wait(0);
  });

  it("leads back to the request that was open", async () => {
    const { host, user, wait } = await openWindow("many");
    const cards = within(
      screen.getByRole("region", { name: "Requests" }),
    ).getAllByRole("button");
    await user.click(cards[1] as HTMLElement);
    await wait(0);
    expect(heading()).toHaveTextContent("Acme");
    host.change({ locked: true });
    await wait(500);
    host.change({ locked: false });
    await wait(500);
    expect(heading()).toHaveTextContent("Acme");
    expect(screen.getByText("Firefox 145 on Linux")).toBeVisible();
  });

  it("asks for the PIN only where the system cannot ask", async () => {
    const { user, wait, host } = await openWindow("locked");
    await user.click(button("Unlock"));
    await wait(0);
    await user.type(screen.getByLabelText("PIN"), "135790{Enter}");
    await wait(0);
    expect(locked()).toBeNull();
    expect(host.calls.filter(([name]) => name === "unlock")).toEqual([
      ["unlock", ""],
      ["unlock", "135790"],
    ]);
  });

  it("stays when the system says no", async () => {
    const { user, wait } = await openWindow("locked-refused");
    await user.click(button("Unlock"));
    await wait(0);
    expect(locked()).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent("not confirmed");
  });

  it("names a way out where nothing can ask any more", async () => {
    const { user, wait } = await openWindow({
      snapshot: snapshot({ locked: true }),
    });
    await user.click(button("Unlock"));
    await wait(0);
    expect(locked()).toBeVisible();
    expect(screen.getByRole("alert")).toHaveTextContent(
      "type “countersign pin set” in a terminal",
    );
  });

  it("leaves nothing on the screen if what is shown cannot be read as it closes", async () => {
    const fails: Scenario["fails"] = {};
    const { host, wait } = await openWindow({
      ...(scenarios["many"] as Scenario),
      fails,
    });
    expect(document.body).toHaveTextContent(/Acme/);
    fails.snapshot = failure("storage");
    host.change({ locked: true });
    await wait(500);
    expect(document.body).not.toHaveTextContent(/Acme|Northwind|EUR/);
    expect(document.title).toBe("Countersign");
  });

  it("is told of input a few times a minute at most, and only if it locks", async () => {
    const idle = await openWindow({
      snapshot: snapshot(),
      settings: { lockAfterMinutes: 5 },
    });
    await idle.user.keyboard("aaa");
    expect(sent(idle, "stillHere")).toHaveLength(1);
    idle.host.advance(16);
    await idle.user.keyboard("a");
    expect(sent(idle, "stillHere")).toHaveLength(2);
  });

  it("is not told of input when it never locks by itself", async () => {
    const never = await openWindow("empty");
    await never.user.keyboard("aaa");
    expect(sent(never, "stillHere")).toHaveLength(0);
  });
});

describe("a policy", () => {
  const open = async (scenario: string) => {
    const window = await openWindow(scenario);
    await window.user.keyboard("{Control>}2{/Control}");
    await window.user.click(screen.getByText("How requests are approved"));
    return window;
  };
  const verification = () => screen.getByLabelText("Confirm that it is you");

  it("is made stricter without a question", async () => {
    const window = await open("policy-silent");
    await window.user.click(control("Approve by itself what was started here"));
    await window.wait(0);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByText("Nobody is asked then")).toBeNull();
    expect(screen.getByText("Saved")).toBeVisible();
  });

  it("is made looser with the PIN, and only with it", async () => {
    const window = await open("policy-silent");
    await window.user.selectOptions(verification(), "Never");
    await window.wait(0);
    await window.user.type(screen.getByLabelText("PIN"), "000000{Enter}");
    await window.wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent("That is not the PIN");
    expect(window.host.state.factors[0]?.policy.verification).toBe("unusual");
    await window.user.type(screen.getByLabelText("PIN"), "135790{Enter}");
    await window.wait(0);
    expect(window.host.state.factors[0]?.policy.verification).toBe("never");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("stays as it was when the question is closed", async () => {
    const window = await open("policy-silent");
    await window.user.selectOptions(verification(), "Never");
    await window.wait(0);
    await window.user.click(button("Cancel"));
    await window.wait(0);
    expect(verification()).toHaveDisplayValue("When new or unusual");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("quiet", () => {
  it("is said above the page, and ended there", async () => {
    const window = await openWindow("muted-reported");
    expect(
      screen.getByText(
        /^Notifications from Acme are muted until .+ not yours$/,
      ),
    ).toBeVisible();
    await window.user.click(button("Unmute"));
    await window.wait(0);
    expect(sent(window, "unmute")).toEqual([["unmute", factor(1).sid]]);
    expect(screen.queryByText(/^Notifications from Acme/)).toBeNull();
  });

  it("is one line for all factors of an issuer", async () => {
    const other = factor(5, { account: "ada.other@acme.example" });
    const mutes = [factor(1), other].map(({ sid }) => ({
      factorSid: sid,
      until: at(1_200),
      reported: true,
    }));
    const window = await openWindow({
      snapshot: snapshot({ factors: [factor(1), other], mutes }),
    });
    await window.user.click(button("Unmute"));
    await window.wait(0);
    expect(sent(window, "unmute")).toHaveLength(2);
  });

  it("is chosen for a length of time", async () => {
    const window = await openSettings("empty");
    await window.user.selectOptions(
      screen.getByLabelText("Quiet for a while"),
      "Mute for 4 hours",
    );
    await window.wait(0);
    expect(sent(window, "mute")).toEqual([["mute", "", "240"]]);
    expect(screen.getAllByText(/muted until/i)).not.toHaveLength(0);
  });
});

describe("the first run", () => {
  it("is walked through, and does not come again", async () => {
    const { user, wait, host } = await openWindow("first-run");
    await user.click(button("Get started"));
    for (let step = 2; step <= 4; step += 1) {
      expect(screen.getByText(`Step ${step} of 5`)).toBeVisible();
      await user.click(button("Continue"));
    }
    expect(heading()).toHaveTextContent("Add your first account");
    await user.click(button("Later"));
    await wait(0);
    expect((await host.settings()).firstRunDone).toBe(true);
    expect(screen.queryByText(/Step/)).toBeNull();
    expect(heading()).toHaveTextContent("Approve sign-ins from this computer");
  });

  it("lets no other page flash by before it", async () => {
    await openWindow({
      snapshot: snapshot({ factors: [] }),
      hangs: ["settings"],
    });
    expect(screen.queryByText(/Approve sign-ins/)).toBeNull();
    expect(screen.getByText("Opening Countersign…")).toBeVisible();
  });

  it("does not stand between a person and a link that they opened", async () => {
    const { host, wait } = await openWindow("first-run");
    host.openLink("countersign://enrol?v=1&token=t");
    await wait(0);
    expect(heading()).toHaveTextContent("Add this account?");
  });
});

describe("a test notification", () => {
  const outcome = async (own: string, answer: string | null) => {
    const window = await openWindow(own);
    await window.user.click(button("Get started"));
    await window.user.click(button("Show one"));
    await window.wait(0);
    expect(sent(window, "testNotification")).toHaveLength(1);
    if (answer) await window.user.click(button(answer));
  };

  it("is shown when somebody asks for it, who then says whether it was seen", async () => {
    await outcome("first-run", "Yes");
    expect(screen.getByText(/requests will reach you like that/)).toBeVisible();
    expect(screen.queryByText("Did you see it?")).toBeNull();
  });

  it("that was not seen leads to the system’s settings", async () => {
    await outcome("first-run", "No");
    expect(screen.getByText(/your system holds them back/)).toBeVisible();
  });

  it("that no desktop took is not asked about", async () => {
    await outcome("no-notifications", null);
    expect(screen.getByText(/took no notification/)).toBeVisible();
    expect(screen.queryByText("Did you see it?")).toBeNull();
  });
});

describe("a desktop without a tray", () => {
  it("is told of until the person knows", async () => {
    const window = await openWindow("no-tray");
    expect(screen.getByText("This desktop has no tray")).toBeVisible();
    await window.user.click(button("Dismiss"));
    expect(screen.queryByText("This desktop has no tray")).toBeNull();
    expect(sent(window, "noteTrayMissing")).toHaveLength(1);
  });
});

describe("setup health", () => {
  it("says what is wrong and how to mend it", async () => {
    const { user, wait } = await openSettings("unhealthy");
    await user.click(button("Check"));
    await wait(0);
    expect(screen.getByText("The clock is off by 2 hours")).toBeVisible();
    expect(
      screen.getByText(/Set the date and time to automatic/),
    ).toBeVisible();
  });

  it("has words for everything that the program may find", async () => {
    const { user, wait } = await openSettings({
      snapshot: snapshot(),
      fails: { health: failure("locked") },
    });
    await user.click(button("Check"));
    await wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent(
      "Countersign is locked",
    );
  });
});
