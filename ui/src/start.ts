import "@fontsource-variable/inter/opsz.css";
import "./style/tokens.css";
import "./style/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import type { Host } from "./ipc/host";

/** Puts the window's content on the page, over whichever host is given. */
export function start(host: Host): void {
  const target = document.getElementById("app");
  if (!target) throw new Error("index.html has no #app");
  mount(App, { target, props: { host } });
}
