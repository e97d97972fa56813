// What is better with a script: countdowns run, the live part of a page renews itself, and texts can be copied.
// Everything else on these pages works without it.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);

  // The server's clock, not this computer's.
  let server = Number(document.body.dataset.now);
  let here = performance.now();
  const now = () => server + (performance.now() - here) / 1000;

  function showTimeLeft() {
    for (const left of document.querySelectorAll("[data-ends]")) {
      const seconds = Math.max(0, Math.ceil(Number(left.dataset.ends) - now()));
      const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
      if (left.textContent !== words) left.textContent = words;
    }
  }

  function tell(words) {
    find("news").textContent = words;
  }

  // Puts the live part of a newer copy of this page into its place, and the focus back to where it was.
  function renew(html) {
    const newer = new DOMParser().parseFromString(html, "text/html");
    const live = find("live");
    const renewed = newer.getElementById("live");
    if (!renewed) return location.reload();
    const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
    const before = live.dataset.says;
    live.replaceWith(renewed);
    server = Number(newer.body.dataset.now);
    here = performance.now();
    if (focused) (find(focused) ?? find("main")).focus();
    if (renewed.dataset.says !== before) tell(renewed.dataset.says);
    prepare();
  }

  function show(state) {
    find("live-state").textContent = state;
    find("live-state").hidden = false;
  }

  // Asks for this page again, and again. The server holds each request until there is news.
  let asking;
  async function follow() {
    asking = new AbortController();
    const { signal } = asking;
    while (!signal.aborted) {
      let pause = 5000;
      try {
        const answer = await fetch(location.href, {
          headers: { Prefer: "wait=25", "If-None-Match": find("live").dataset.tag },
          cache: "no-store",
          redirect: "manual",
          signal,
        });
        if (answer.type === "opaqueredirect") return show("You are signed out. Refresh to sign in again.");
        if (answer.status === 404) return show("This does not exist any more.");
        if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
        if (answer.ok) renew(await answer.text());
        if (answer.headers.has("Preference-Applied")) pause = 0;
        show("Updates by itself");
      } catch {
        if (signal.aborted) return;
        show("The server cannot be reached. Trying again.");
      }
      await new Promise((done) => setTimeout(done, pause));
    }
  }

  // A page that nobody looks at holds no connection: a browser has only six for one server.
  function followWhileSeen() {
    asking?.abort();
    if (!document.hidden) follow();
  }

  async function copy(button) {
    await navigator.clipboard.writeText(find(button.dataset.copy).textContent);
    button.textContent = "Copied";
    tell("Copied");
    setTimeout(() => {
      button.textContent = "Copy";
      tell("");
    }, 2000);
  }

  // What a page without a script must not show.
  function prepare() {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
    for (const refresh of document.querySelectorAll("[data-refresh]")) refresh.hidden = true;
    if (find("live-state")) show("Updates by itself");
    showTimeLeft();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
  prepare();
  setInterval(showTimeLeft, 1000);
  if (find("live")) {
    document.addEventListener("visibilitychange", followWhileSeen);
    followWhileSeen();
  }
})();
