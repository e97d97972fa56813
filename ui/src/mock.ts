import { fakeHostFromAddress } from "./ipc/fake";
import english from "./locales/en.ftl?raw";
import { start } from "./start";
import { pseudo } from "./text/pseudo";
import { speakText } from "./text/spoken.svelte";

// Says everything in a language in which untranslated words stand out.
const speakStrangely = () => {
  speakText("en", pseudo(english));
};
Object.assign(window, { speakStrangely });

void start(fakeHostFromAddress(new URL(location.href)));
