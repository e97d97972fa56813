import { FakeHost } from "./ipc/fake";
import { scenarios } from "./ipc/fake/scenarios";
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

/**
 * The fake that an address asks for: `?scenario=many` picks the state, and
 * `&clock=frozen` stops the time, `&language=de` chooses the texts. `window.countersign` steers it from the console.
 */
function fakeHostFromAddress(address: URL): FakeHost {
  const wanted = address.searchParams.get("scenario") ?? "request";
  const scenario = scenarios[wanted];
  if (!scenario)
    throw new Error(
      `No scenario “${wanted}”. There are: ${Object.keys(scenarios).join(", ")}`,
    );
  const running = address.searchParams.get("clock") !== "frozen";
  const host = new FakeHost(scenario, { running });
  host.speak(address.searchParams.get("language") ?? "en");
  Object.assign(window, { countersign: host });
  return host;
}
