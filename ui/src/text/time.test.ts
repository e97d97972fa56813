import { describe, expect, it } from "vitest";
import { clockFace, day, duration, moment, timeLeft, timeOfDay } from "./time";

describe("the countdown's words", () => {
  it("say minutes and seconds", () => {
    expect(timeLeft(102)).toBe("1:42 left");
    expect(timeLeft(60)).toBe("1:00 left");
    expect(timeLeft(30)).toBe("0:30 left");
  });

  it("change below thirty seconds, not only in colour", () => {
    expect(timeLeft(29)).toBe("Only 29 seconds left");
    expect(timeLeft(1)).toBe("Only 1 second left");
  });

  it("count a begun second as a second and never go below zero", () => {
    expect(clockFace(61.2)).toBe("1:02");
    expect(clockFace(-5)).toBe("0:00");
  });

  it("say hours where there are any", () => {
    expect(clockFace(3605)).toBe("1:00:05");
  });
});

describe("moments", () => {
  const now = Date.parse("2026-11-20T14:05:00Z");

  it("are a time of day today and a date before", () => {
    expect(timeOfDay("2026-11-20T14:02:00Z", "en-GB")).toBe("14:02");
    expect(moment("2026-11-20T14:02:00Z", now, "en-GB")).toBe("14:02");
    expect(moment("2026-11-18T09:30:00Z", now, "en-GB")).toBe(
      "18 Nov 2026, 09:30",
    );
  });

  it("have days with names", () => {
    expect(day("2026-11-20T01:00:00Z", now)).toBe("Today");
    expect(day("2026-11-19T23:00:00Z", now)).toBe("Yesterday");
    expect(day("2026-11-02T23:00:00Z", now, "en-GB")).toBe("2 November 2026");
  });

  it("differ by as much as a person wants to know", () => {
    expect(duration(-7200)).toBe("2 hours");
    expect(duration(45)).toBe("45 seconds");
    expect(duration(200)).toBe("3 minutes");
    expect(duration(5 * 86400)).toBe("5 days");
  });
});
