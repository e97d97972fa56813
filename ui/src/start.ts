import "@fontsource-variable/inter/opsz.css";
import "./style/tokens.css";
import "./style/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import type { Host } from "./ipc/host";
import { speak } from "./text/spoken.svelte";

/**
 * Puts the window's content on the page, over whichever host is given, in the language
 * that the program speaks.
 */
export async function start(host: Host): Promise<void> {
  await speak(await host.language().catch(() => "en"));
  const target = document.getElementById("app");
  if (!target) throw new Error("index.html has no #app");
  mount(App, { target, props: { host } });
}
