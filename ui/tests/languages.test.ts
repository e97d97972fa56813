import { screen } from "@testing-library/svelte";
import { beforeAll, describe, expect, it, vi } from "vitest";
import english from "../src/locales/en.ftl?raw";
import { directionOf, LANGUAGES, localeOf } from "../src/text/languages";
import { t } from "../src/text/messages";
import { pseudo } from "../src/text/pseudo";
import { speak, speakText, spoken } from "../src/text/spoken.svelte";
import { moment } from "../src/text/time";
import { openWindow, useFakeTime } from "./window";

const page = document.documentElement;

// What loads does so outside the tests' time.
beforeAll(async () => {
  for (const language of Object.keys(LANGUAGES)) await speak(language);
}, 60_000);

describe("a language", () => {
  useFakeTime();

  it("that is chosen is spoken at once, by what is on the screen already", async () => {
    const { host, wait } = await openWindow("request");
    // Texts that are there already come by way of the machine's time all the same.
    await vi.dynamicImportSettled();
    await wait(0);
    expect(screen.getByText("Approve")).toBeVisible();
    host.speak("de");
    await wait(1000);
    await vi.dynamicImportSettled();
    await wait(0);
    expect(screen.getByText("Genehmigen")).toBeVisible();
    expect(screen.queryByText("Approve")).toBeNull();
    expect([page.lang, page.dir]).toEqual(["de", "ltr"]);
  });

  it("that is written from right to left turns the page around", async () => {
    await speak("ar");
    expect([page.lang, page.dir]).toEqual(["ar", "rtl"]);
    // What is filled in cannot reorder what stands around it.
    expect(t("notify-asks", { requester: "Acme" })).toContain(
      "\u2068Acme\u2069",
    );
    await speak("en");
    expect([page.lang, page.dir]).toEqual(["en", "ltr"]);
    expect(t("notify-asks", { requester: "Acme" })).toMatch(/^Acme /);
  });

  it("that nobody wrote texts in is English", async () => {
    await speak("tlh");
    expect(spoken().language).toBe("en");
    expect(t("approve")).toBe("Approve");
  });

  it("that was chosen last is spoken, however long each takes to load", async () => {
    await Promise.all([speak("de"), speak("fr"), speak("es")]);
    expect(t("approve")).toBe("Aprobar");
  });

  it("has its own forms for counts", async () => {
    const hours = (count: number) => t("duration-hours", { count });
    await speak("ar");
    const forms = [1, 2, 3, 11, 100].map((count) =>
      hours(count).replace(/\P{L}/gu, ""),
    );
    expect(forms).toEqual(["ساعةواحدة", "ساعتان", "ساعات", "ساعة", "ساعة"]);
    expect(hours(11)).toContain("11");
    await speak("fr");
    expect([0, 1, 2].map(hours)).toEqual(["0 heure", "1 heure", "2 heures"]);
  });

  it("writes dates its own way, and numbers with the keyboard's digits", async () => {
    const then = "2026-11-18T09:30:00Z";
    await speak("de");
    expect(moment(then, Date.now())).toBe("18.11.2026, 09:30");
    await speak("ja");
    expect(moment(then, Date.now())).toBe("2026/11/18 9:30");
    await speak("ar");
    expect(moment(then, Date.now())).toMatch(/2026.*9:30/);
  });

  it("takes the person's own country where the system has one", () => {
    expect(localeOf("en", ["de-DE", "en-GB"])).toBe("en-GB-u-nu-latn");
    expect(localeOf("pt", ["en-US"])).toBe("pt-u-nu-latn");
    expect(localeOf("ar", ["ar-EG"])).toBe("ar-EG-u-nu-latn");
  });

  it("has a direction", () => {
    const turned = Object.keys(LANGUAGES).filter(
      (l) => directionOf(l) === "rtl",
    );
    expect(turned).toEqual(["ar"]);
  });
});

describe("the language for tests", () => {
  it("is strange, longer, and whole", () => {
    speakText("en", pseudo(english));
    const strange = t("announce-expired", { requester: "Acme" });
    expect(strange).toMatch(/^⟦.*Acme.*⟧$/u);
    const plain = "The request from Acme expired. Nothing was approved.";
    expect(strange.length).toBeGreaterThan(plain.length * 1.3);
    expect(strange.replace("Acme", "")).not.toMatch(/[a-z]/iu);
    expect(t("duration-hours", { count: 2 })).toMatch(/^⟦2 .*⟧$/u);
  });
});
