/**
 * What is done in each scenario before it is looked at, and the words that a person
 * must then find on the screen. `shows` is compared with the text as it is read; where
 * `heard` is set, what a screen reader is told is held against tests/mocked/heard; `says`
 * is all that it says by itself, in this order and nothing between;
 * `pictures` names the files that the documentation takes of the scene.
 */

import { adding } from "./scenes/adding.mjs";
import { answering } from "./scenes/answering.mjs";
import { places } from "./scenes/places.mjs";
import { states } from "./scenes/states.mjs";

export const scenes = [...adding, ...answering, ...places, ...states];
