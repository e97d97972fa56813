import { describe, expect, it } from "vitest";
import { at, request } from "../ipc/fake/data";
import { bursts } from "./bursts";

/** Requests that were made so many seconds after the start, the newest first. */
const asked = (seconds: number[], own: Parameters<typeof request>[1] = {}) =>
  seconds.map((second) => request(second, { createdAt: at(second), ...own }));
const sizes = (list: ReturnType<typeof asked>) =>
  bursts(list).map((group) => group.length);

describe("bursts", () => {
  it("shows three equal requests within a minute as one", () => {
    expect(sizes(asked([60, 30, 0]))).toEqual([3]);
  });

  it("leaves two alone, and three that took longer", () => {
    expect(sizes(asked([10, 0]))).toEqual([1, 1]);
    expect(sizes(asked([61, 30, 0]))).toEqual([1, 1, 1]);
  });

  it("takes in what follows a burst within a minute", () => {
    expect(sizes(asked([120, 70, 40, 20, 0]))).toEqual([5]);
    expect(sizes(asked([200, 40, 20, 0]))).toEqual([1, 3]);
  });

  it("does not mix factors or words", () => {
    const [a, b] = asked([40, 20]);
    const other = request(9, { createdAt: at(30), factorSid: "YF0" });
    const words = request(8, { createdAt: at(10), message: "Something else" });
    const list = [a, other, b, words].filter((one) => one !== undefined);
    expect(sizes(list)).toEqual([1, 1, 1, 1]);
  });

  it("keeps the newest first, inside and outside", () => {
    const alone = request(50, { createdAt: at(50), message: "Alone" });
    const [newest, ...rest] = asked([60, 40, 20]);
    if (!newest) throw new Error("there are three");
    const groups = bursts([newest, alone, ...rest]);
    expect(groups.map(([first]) => first.createdAt)).toEqual([at(60), at(50)]);
    expect(groups[0]?.map((one) => one.createdAt)).toEqual([
      at(60),
      at(40),
      at(20),
    ]);
  });
});
