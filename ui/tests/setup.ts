import "@testing-library/jest-dom/vitest";
import { beforeEach, vi } from "vitest";
import { speak } from "../src/text/spoken.svelte";

// The document of the tests has no layout: it is as wide as a desktop window, unless a
// test says that it is narrow.
vi.stubGlobal("matchMedia", (query: string) => ({
  matches: !document.documentElement.classList.contains("narrow"),
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));

Element.prototype.scrollIntoView = () => undefined;

// It has no modal dialogs either. Browsers give the focus to the first control.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
  this.querySelector("button")?.focus();
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};

// What a test reads is English, unless it says otherwise.
beforeEach(() => speak("en"));
