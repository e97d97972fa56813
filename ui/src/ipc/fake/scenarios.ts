import type { Scenario } from "./scenario";
import { adding } from "./scenarios/adding";
import { answering } from "./scenarios/answering";
import { places } from "./scenarios/places";
import { states } from "./scenarios/states";

/** Every state of the window by name, for a browser and for the stories. */
export const scenarios: Record<string, Scenario> = {
  ...adding,
  ...answering,
  ...places,
  ...states,
};
