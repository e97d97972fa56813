import { cleanup, fireEvent, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";
import { failure, preview, snapshot } from "../src/ipc/fake/data";
import type { Scenario } from "../src/ipc/fake/scenario";
import { button, openWindow, useFakeTime, type Window } from "./window";

useFakeTime();

const firstRun = (own: Partial<Scenario> = {}): Scenario => ({
  snapshot: snapshot({ factors: [] }),
  ...own,
});
const picture = new File(["four"], "code.png", { type: "image/png" });
const heading = () => screen.getByRole("heading", { level: 1 });
const reads = ({ host }: Window) =>
  host.calls.map(([command]) => command).filter((c) => c?.startsWith("read"));

async function openPage(own: Partial<Scenario> = {}): Promise<Window> {
  const window = await openWindow(firstRun(own));
  await window.user.click(
    screen.getAllByRole("button", { name: "Add account" })[0] as HTMLElement,
  );
  return window;
}

async function drop({ wait }: Window, data: object): Promise<void> {
  const dataTransfer = {
    types: ["Files"],
    files: [],
    getData: () => "",
    ...data,
  };
  await fireEvent.dragEnter(document.body, { dataTransfer });
  await fireEvent.drop(document.body, { dataTransfer });
  await wait(0);
}

describe("a picture", () => {
  it("is dropped anywhere, on the first page too, and leads to the confirmation", async () => {
    const window = await openWindow(firstRun());
    await drop(window, { files: [picture] });
    expect(heading()).toHaveTextContent("Add this account?");
    expect(button("Cancel")).toHaveFocus();
    expect(window.host.calls).toContainEqual(["readPicture", "4"]);
    expect(window.host.calls.map(([command]) => command)).not.toContain(
      "enrol",
    );
  });

  it("is dropped on the first run, which is over with it", async () => {
    const window = await openWindow({
      ...firstRun(),
      settings: { firstRunDone: false },
    });
    expect(screen.getByText("Step 1 of 5")).toBeVisible();
    await drop(window, { files: [picture] });
    expect(heading()).toHaveTextContent("Add this account?");
    expect((await window.host.settings()).firstRunDone).toBe(true);
  });

  it("is read by the program where the web view keeps it from the page", async () => {
    const window = await openPage();
    window.host.drag("over");
    await window.wait(0);
    expect(screen.getByText("Drop the picture here")).toBeVisible();
    window.host.drag("left");
    await window.wait(0);
    expect(screen.queryByText("Drop the picture here")).toBeNull();
    window.host.drag("dropped");
    await window.wait(0);
    expect(heading()).toHaveTextContent("Add this account?");
    expect(reads(window)).toEqual(["readDropped"]);
  });

  it("is pasted with Ctrl+V outside of the field", async () => {
    const window = await openWindow(firstRun());
    await window.user.keyboard("{Control>}v{/Control}");
    await window.wait(0);
    expect(reads(window)).toEqual(["readClipboard"]);
    expect(heading()).toHaveTextContent("Add this account?");
  });

  it("is pasted into the field, and text stays in it", async () => {
    const window = await openPage();
    const field = screen.getByLabelText("Enrolment link");
    await fireEvent.paste(field, { clipboardData: { types: ["text/plain"] } });
    expect(reads(window)).toEqual([]);
    await fireEvent.paste(field, { clipboardData: { types: ["Files"] } });
    await window.wait(0);
    expect(reads(window)).toEqual(["readClipboard"]);
  });

  it("is chosen, and may be chosen again", async () => {
    const window = await openPage({
      fails: { readPicture: failure("codeMissing") },
    });
    const files = document.querySelector<HTMLInputElement>("input[type=file]");
    for (const times of [1, 2]) {
      await window.user.upload(files as HTMLInputElement, picture);
      await window.wait(0);
      expect(reads(window)).toHaveLength(times);
    }
    expect(screen.getByRole("alert")).toHaveTextContent(
      "No QR code was found in the picture Nothing was added and nothing was sent.",
    );
  });

  it("is not even sent when it is too large", async () => {
    const window = await openPage();
    const large = new File([], "large.png");
    Object.defineProperty(large, "size", { value: 20 * 1024 * 1024 + 1 });
    await drop(window, { files: [large] });
    expect(reads(window)).toEqual([]);
    expect(screen.getByRole("alert")).toHaveTextContent(
      "This picture is too large",
    );
  });

  it("replaces nothing that waits for a yes", async () => {
    const window = await openPage();
    await drop(window, { files: [picture] });
    await drop(window, { files: [picture] });
    await window.user.keyboard("{Control>}v{/Control}");
    expect(reads(window)).toEqual(["readPicture"]);
  });
});

describe("a link", () => {
  it("is dropped as text", async () => {
    const window = await openPage();
    await drop(window, {
      types: ["text/plain"],
      getData: () => "countersign://x",
    });
    expect(window.host.calls).toContainEqual([
      "previewLink",
      "countersign://x",
    ]);
    expect(heading()).toHaveTextContent("Add this account?");
  });
});

describe("several codes", () => {
  const several = {
    links: ["countersign://a", "countersign://b"],
    previews: { "countersign://b": preview({ host: "id.northwind.example" }) },
  };

  it("are told apart by host, and the chosen one is shown", async () => {
    const window = await openPage(several);
    await window.user.click(button("Select an area of the screen"));
    await window.wait(0);
    expect(heading()).toHaveTextContent("Which account?");
    expect(button("Cancel")).toHaveFocus();
    await window.user.click(button(/id\.northwind\.example/));
    await window.wait(0);
    expect(heading()).toHaveTextContent("Add this account?");
    expect(window.host.calls.at(-1)).toEqual([
      "previewLink",
      "countersign://b",
    ]);
  });
});

describe("the screen", () => {
  it("leaves everything as it was when nothing was selected", async () => {
    const window = await openPage({ links: [] });
    await window.user.click(button("Select an area of the screen"));
    await window.wait(0);
    expect(reads(window)).toEqual(["readScreen"]);
    expect(heading()).toHaveTextContent("Add account");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is asked once at a time", async () => {
    const window = await openPage({ hangs: ["readScreen"] });
    await window.user.click(button("Select an area of the screen"));
    await window.wait(0);
    expect(button("Select an area of the screen")).toBeDisabled();
    expect(screen.getByText("Reading…")).toBeVisible();
  });
});

describe("the camera", () => {
  it("is allowed while its page is open, and says where there is none", async () => {
    const window = await openPage();
    await window.user.click(button("Use the camera"));
    await window.wait(0);
    expect(screen.getByRole("alert")).toHaveTextContent(
      "No camera can be used here.",
    );
    expect(window.host.calls.at(-1)).toEqual(["useCamera", "true"]);
    await window.user.click(button("Choose another way"));
    await window.wait(0);
    expect(window.host.calls.at(-1)).toEqual(["useCamera", "false"]);
    expect(heading()).toHaveTextContent("Add account");
  });
});

describe("the camera", () => {
  const devices = (kinds: string[]) => {
    const mediaDevices = Object.assign(new EventTarget(), {
      enumerateDevices: () => Promise.resolve(kinds.map((kind) => ({ kind }))),
    });
    Object.defineProperty(navigator, "mediaDevices", {
      value: mediaDevices,
      configurable: true,
    });
  };
  afterEach(() => {
    Reflect.deleteProperty(navigator, "mediaDevices");
  });

  it("is not offered where there is none", async () => {
    devices(["audioinput"]);
    await openPage();
    expect(button("This computer has no camera")).toBeDisabled();
  });

  it("is offered where there is one, or where nobody knows", async () => {
    devices(["videoinput"]);
    await openPage();
    expect(button("Use the camera")).toBeEnabled();
    cleanup();
    Reflect.deleteProperty(navigator, "mediaDevices");
    await openPage();
    expect(button("Use the camera")).toBeEnabled();
  });
});
