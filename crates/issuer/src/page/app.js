// Acme's page. It shows one view at a time and asks Acme how things stand; nothing is decided here.

const POLL_EVERY = 1500;

const $ = (id) => document.getElementById(id);
const name = $("name");

/** Ends what the view before was waiting for. */
let waiting = new AbortController();

// --- talking to Acme ---

class Refused extends Error {
  constructor(status, { code = "unexpected", message = `Acme answered ${status}.` } = {}) {
    super(message);
    this.code = code;
  }
}

async function call(method, path, body, signal) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      signal,
      headers: body && { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, { code: "offline", message: "Acme cannot be reached." });
  }
  const json = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, json.error);
  return json;
}

/** Calls `step` again and again until it returns true or the view is left. Trouble is shown and waited out. */
async function poll(signal, step) {
  while (!signal.aborted) {
    try {
      if (await step()) return;
      hideTrouble();
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!["offline", "unreachable", "unreadable"].includes(error.code)) return showTrouble(error);
      showTrouble(error, "Trying again.");
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
  }
}

/** Calls `each` with the seconds left, every second, and `end` when none are left. */
function countDown(signal, seconds, each, end) {
  const start = performance.now();
  const tick = () => {
    if (signal.aborted) return;
    const left = Math.max(0, seconds - (performance.now() - start) / 1000);
    each(left);
    if (left > 0) setTimeout(tick, 250);
    else end?.();
  };
  tick();
}

const minutes = (left) => `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, "0")}`;

// --- what is on the screen ---

function show(view) {
  waiting.abort();
  waiting = new AbortController();
  hideTrouble();
  for (const section of document.querySelectorAll(".view")) section.hidden = section.id !== view;
  for (const who of document.querySelectorAll(".who")) who.textContent = name.value.trim();
  const title = $(view).querySelector("h1");
  document.title = view === "home" ? "Acme" : `${title.textContent} · Acme`;
  title.focus();
  return waiting.signal;
}

function showTrouble(error, more = "") {
  if (error.name === "AbortError") return;
  const text = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}`;
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  const shown = `${sentence} Nobody was signed in. ${more}`.trim();
  if ($("trouble").textContent !== shown) $("trouble").textContent = shown;
  $("trouble").hidden = false;
}

function hideTrouble() {
  $("trouble").hidden = true;
  $("trouble").textContent = "";
}

function log(text) {
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString([], { hour12: false });
  const words = document.createElement("span");
  words.textContent = text;
  line.append(time, words);
  $("log").append(line);
}

/** Runs what a button asks for, once at a time, and shows what goes wrong. */
function onPress(id, action, event = "click") {
  $(id).addEventListener(event, async (pressed) => {
    pressed.preventDefault();
    const button = $(id).matches("form") ? $(id).querySelector("button") : $(id);
    if (button.disabled) return;
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      showTrouble(error);
    } finally {
      button.disabled = false;
    }
  });
}

function nameIsGiven() {
  const given = name.value.trim() !== "";
  name.setAttribute("aria-invalid", String(!given));
  $("name-hint").textContent = given ? HINT : "Type a name first.";
  if (!given) name.focus();
  return given;
}

const HINT = $("name-hint").textContent;

// --- home ---

async function home() {
  const signal = show("home");
  await listDevices(signal);
}

async function listDevices(signal) {
  const asked = name.value.trim();
  if (asked === "") return showDevices([]);
  const { factors } = await call("GET", `/factors?name=${encodeURIComponent(asked)}`, undefined, signal);
  if (name.value.trim() === asked) showDevices(factors.filter((factor) => factor.status === "verified"));
}

const SHORT = { dateStyle: "medium", timeStyle: "short" };

function showDevices(devices) {
  $("no-devices").hidden = devices.length > 0;
  $("devices").replaceChildren(
    ...devices.map((device) => {
      const [item, title, since] = ["li", "b", "span"].map((tag) => document.createElement(tag));
      title.textContent = device.friendly_name;
      since.textContent = `since ${new Date(device.date_created).toLocaleString([], SHORT)}`;
      since.className = "small muted";
      item.append(title, since);
      return item;
    }),
  );
  $("enrol-start").textContent = devices.length > 0 ? "Enrol another" : "Enrol this computer";
}

// --- enrolling ---

async function enrol() {
  if (!nameIsGiven()) return;
  const known = await call("GET", `/factors?name=${encodeURIComponent(name.value.trim())}`);
  const enrolment = await call("POST", "/enrol", { name: name.value.trim() });
  log(`Created an access token for the identity ${enrolment.identity}, valid for ${enrolment.seconds} seconds.`);
  const signal = show("enrol");
  $("open-link").href = enrolment.link;
  $("link").value = enrolment.link;
  $("copy").textContent = "Copy";
  $("qr").closest("figure").hidden = !enrolment.qr_svg;
  // A picture runs no scripts, whatever it holds.
  $("qr").src = `data:image/svg+xml,${encodeURIComponent(enrolment.qr_svg ?? "")}`;
  countDown(
    signal,
    enrolment.seconds,
    (left) => ($("enrol-left").textContent = `Valid for ${minutes(left)} more.`),
    () => refuse("calm", "The link has expired", "Nothing was enrolled. Make a new link and use it within five minutes.", enrol),
  );
  const before = new Set(known.factors.filter((factor) => factor.status === "verified").map((factor) => factor.sid));
  poll(signal, async () => {
    const { factors } = await call("GET", `/factors?name=${encodeURIComponent(name.value.trim())}`, undefined, signal);
    const added = factors.find((factor) => factor.status === "verified" && !before.has(factor.sid));
    if (!added) return false;
    log(`The factor ${added.sid} is verified.`);
    $("enrolled-name").textContent = added.friendly_name;
    show("enrolled");
    return true;
  });
}

async function copyLink() {
  $("link").select();
  try {
    await navigator.clipboard.writeText($("link").value);
    $("copy").textContent = "Copied";
  } catch {
    $("copy").textContent = "Press Ctrl+C";
  }
}

// --- signing in ---

async function signIn() {
  if (!nameIsGiven()) return;
  let question;
  try {
    question = await call("POST", "/sign-in", { name: name.value.trim() });
  } catch (error) {
    if (error.code !== "not_enrolled") throw error;
    return refuse("calm", "No computer to ask", "Enrol this computer first; then Acme can ask it.", enrol, "Enrol this computer");
  }
  for (const sid of question.challenge_sids) log(`Created the challenge ${sid}.`);
  const signal = show("waiting");
  const count = question.challenge_sids.length;
  $("asked").textContent = count === 1 ? "your computer" : `your ${count} computers`;
  $("question").textContent = question.message;
  $("fields").replaceChildren(
    ...question.fields.flatMap(({ label, value }) => {
      const [term, text] = ["dt", "dd"].map((tag) => document.createElement(tag));
      [term.textContent, text.textContent] = [label, value];
      const pair = document.createElement("div");
      pair.append(term, text);
      return [pair];
    }),
  );
  showTimeLeft(signal, question.seconds);
  poll(signal, async () => {
    const path = `/sign-in/${question.challenge_sid}`;
    const { status, signed_in } = await call("GET", path, undefined, signal);
    if (status === "pending") return false;
    log(`Read the status: ${status}.`);
    await finish(status, signed_in);
    return true;
  });
}

/** The API cannot take a request back, so that the page says what becomes of it. */
function stopWaiting() {
  log("Stopped waiting. The challenges stay open until they are answered or expire.");
  refuse(
    "calm",
    "Acme has stopped waiting",
    "Countersign goes on showing the request until it is answered or its time is over. Whatever is answered, this page signs nobody in by it. If you did not begin this yourself, deny it there.",
    signIn,
  );
}

function showTimeLeft(signal, seconds) {
  const announced = new Set();
  countDown(signal, seconds, (left) => {
    const soon = left < 30;
    $("waiting-left").textContent = soon ? `Only ${minutes(left)} left` : `${minutes(left)} left to answer`;
    $("ring").setAttribute("stroke-dashoffset", String(100 - (100 * left) / seconds));
    $("ring").parentElement.parentElement.classList.toggle("soon", soon);
    for (const mark of [60, 30, 10]) {
      if (left <= mark && left > 0 && !announced.has(mark)) {
        announced.add(mark);
        $("waiting-announced").textContent = `${mark} seconds left to answer`;
      }
    }
  });
}

async function finish(status, signedIn) {
  // Only a session that Acme made counts; the word alone signs nobody in.
  if (status === "approved" && signedIn) return inside(name.value.trim());
  const endings = {
    approved: ["calm", "Approved, but not from here", "Another browser began this sign-in, and so nobody was signed in here."],
    denied: ["", "Denied", "Somebody answered no, and so nobody was signed in."],
    expired: ["calm", "Nobody answered in time", "The request has expired, and so nobody was signed in."],
  };
  const [look, title, text] = endings[status] ?? ["", "Something unexpected", "Nobody was signed in."];
  refuse(look, title, text, signIn);
}

let again = home;

function refuse(look, title, text, next, button = "Try again") {
  again = next;
  $("refused-mark").className = `mark ${look}`;
  $("refused-title").textContent = title;
  $("refused-text").textContent = text;
  $("refused-again").textContent = button;
  show("refused");
}

function inside(who) {
  $("inside-name").textContent = who;
  show("inside");
}

async function signOut() {
  await call("POST", "/sign-out");
  log("Ended the session.");
  await home();
}

// --- beginning ---

onPress("sign-in-form", signIn, "submit");
onPress("enrol-start", enrol);
onPress("enrol-cancel", home);
onPress("copy", copyLink);
onPress("enrolled-sign-in", signIn);
onPress("enrolled-back", home);
onPress("waiting-cancel", stopWaiting);
onPress("refused-again", () => again());
onPress("refused-back", home);
onPress("sign-out", signOut);
name.addEventListener("change", () => {
  localStorage.setItem("name", name.value.trim());
  listDevices(waiting.signal).catch(showTrouble);
});

name.value = localStorage.getItem("name") || "ada";
try {
  const session = await call("GET", "/session");
  $("log-server").textContent = session.server;
  $("log-service").textContent = session.service_sid;
  if (session.name) inside(session.name);
  else await home();
} catch (error) {
  show("home");
  showTrouble(error);
}
