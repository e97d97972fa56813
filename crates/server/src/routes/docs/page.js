/**
 * Shows what openapi.json says, and sends requests to the server that this page is from.
 *
 * Text reaches the page as text only. Credentials are read from their fields at the moment
 * of sending, and are kept nowhere else.
 */

/** In the order of a resource's life. */
const METHODS = ["post", "get", "delete"];

const here = new URL(".", location.href);
const $ = (id) => document.getElementById(id);
const credentialFields = ["account-sid", "auth-token", "device-token"].map($);

/** An element with attributes and children; texts become text. */
function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
        if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
    made.append(...children.flat().filter((child) => child !== undefined));
    return made;
}

/** A text in which `code` stands between backticks. */
function prose(text) {
    return text.split("`").map((part, at) => (at % 2 ? element("code", {}, part) : part));
}

const names = { account: "the account", device: "a device", accessToken: "a device that enrols" };
const needs = { account: "account", device: "device token", accessToken: "access token" };

function forget() {
    for (const field of credentialFields) field.value = "";
}

/** The header for one kind of caller; undefined where there is nothing to send. */
function authorization(caller) {
    const [sid, token, device] = credentialFields.map((field) => field.value.trim());
    const [user, password] = caller === "account" ? [sid, token] : ["token", device];
    if (!caller || !user || !password) return undefined;
    const bytes = new TextEncoder().encode(`${user}:${password}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/** What a value may be, in words. */
function limits(schema) {
    const of = schema.type === "array" ? schema.items : schema;
    const said = [];
    if (of.minimum !== undefined) said.push(of.maximum >= 4294967295 ? `from ${of.minimum}` : `${of.minimum} to ${of.maximum}`);
    if (of.minLength !== undefined && of.minLength === of.maxLength) said.push(`${of.maxLength} characters`);
    else if (of.minLength > 1) said.push(`${of.minLength} to ${of.maxLength} characters`);
    else if (of.maxLength !== undefined) said.push(`at most ${of.maxLength} characters`);
    if (of.contentMediaType) said.push("JSON");
    if (of.format === "date-time") said.push("such as 2026-11-20T05:00:00Z");
    if (schema.type === "array") said.push("one in each line");
    const sentence = said.join(", ");
    return sentence && `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

/**
 * What was filled in or answered last, by the name of the field that it fits: so that nobody has to
 * carry a SID from one operation to the next.
 */
const known = new Map();
const KINDS = { VA: "service", YK: "token", YW: "webhook", YF: "factor", YC: "challenge" };

function learn(name, value) {
    const before = known.get(name);
    known.set(name, value);
    for (const field of document.querySelectorAll("[data-learns]"))
        if (field.dataset.learns === name && (field.value === "" || field.value === before)) {
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
}

function learnFrom(text) {
    const { sid, identity } = asJson(text) ?? {};
    const name = KINDS[String(sid).slice(0, 2)];
    if (name) learn(name, sid);
    if (identity) learn("identity", identity);
}

let made = 0;

/** A parameter to fill in: what is shown, and the values that are sent. */
function control({ name, in: place, schema, description, required, example }) {
    const id = `field-${++made}`;
    const about = element("p", { class: "muted", id: `${id}-about` }, prose([description, limits(schema)].filter(Boolean).join(" ")));
    const attributes = { id, "aria-describedby": about.id, "aria-required": required ? "true" : undefined, autocomplete: "off", spellcheck: "false" };
    const marked = required ? "required" : undefined;
    const words = schema.type === "array" ? schema.items.enum : schema.enum ?? (schema.type === "boolean" ? ["true", "false"] : undefined);
    if (words && schema.type === "array") {
        const boxes = words.map((word) => element("input", { type: "checkbox", value: word }));
        const labels = boxes.map((box) => element("label", {}, box, box.value));
        const group = element("fieldset", { "aria-describedby": about.id }, element("legend", { class: marked }, name), labels, about);
        return { name, shown: group, values: () => boxes.filter((box) => box.checked).map((box) => box.value) };
    }
    let input;
    if (words) input = element("select", attributes, element("option", { value: "" }, ""), words.map((word) => element("option", {}, word)));
    else if (schema.type === "array" || schema.contentMediaType) input = element("textarea", { ...attributes, rows: 2 });
    else input = element("input", { ...attributes, inputmode: schema.type === "integer" ? "numeric" : undefined });
    const learns = name === "FactorSid" ? "factor" : place === "path" ? name : undefined;
    const shown = [].concat(example ?? []).join("\n");
    if (learns) {
        input.dataset.learns = learns;
        input.value = known.get(learns) ?? "";
        // Once it is left, so that the other fields do not fill letter by letter.
        input.addEventListener("change", () => learn(learns, input.value));
    }
    if (required && !learns) input.value = shown;
    else if (!words) input.placeholder = shown;
    const values = () => (schema.type === "array" ? input.value.split("\n") : [input.value]).filter((value) => value !== "");
    const row = element("div", { class: "field" }, element("label", { for: id, class: marked }, name), input, about);
    return { name, input, shown: row, values };
}

/** All parameters of an operation, by where they go. */
function controls(path, operation) {
    const of = (place) => (parameter) => parameter.in === place;
    const all = [...(path.parameters ?? []), ...operation.parameters];
    const form = operation.requestBody?.content["application/x-www-form-urlencoded"].schema ?? { properties: {}, required: [] };
    const body = Object.entries(form.properties).map(([name, schema]) =>
        control({ name, schema, description: schema.description, required: form.required.includes(name), example: schema.examples?.[0] }),
    );
    const order = ({ name }) => (form.required.includes(name) ? 0 : 1);
    body.sort((one, other) => order(one) - order(other));
    const [inPath, query, headers] = ["path", "query", "header"].map((place) => all.filter(of(place)).map(control));
    return { path: inPath, query, headers, body };
}

/** The request as it stands in the fields. */
function request(template, method, fields) {
    const segment = ({ name, values }) => (values().length ? encodeURIComponent(values()[0]) : `{${name}}`);
    const path = fields.path.reduce((path, field) => path.replace(`{${field.name}}`, () => segment(field)), template);
    const pairs = (list) => list.flatMap((field) => field.values().map((value) => [field.name, value]));
    const url = new URL(`.${path}`, here);
    url.search = new URLSearchParams(pairs(fields.query));
    return { method: method.toUpperCase(), url, headers: pairs(fields.headers), form: pairs(fields.body) };
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same for a terminal, with the names of the secrets and not the secrets. */
function curl({ method, url, headers, form }, caller) {
    const user = { account: '"$ACCOUNT_SID:$AUTH_TOKEN"', device: '"token:$DEVICE_TOKEN"', accessToken: '"token:$ACCESS_TOKEN"' }[caller];
    // What is not filled in yet keeps its name.
    const address = url.href.replace(/%7B(\w+)%7D/g, "{$1}");
    const parts = [`curl -X ${method} ${quoted(address)}`];
    if (user) parts.push(`-u ${user}`);
    for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
    for (const [name, value] of form) parts.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
    return parts.join(" \\\n  ");
}

async function send({ method, url, headers, form }, caller, signal) {
    const all = new Headers(headers);
    const authorized = authorization(caller);
    if (authorized) all.set("authorization", authorized);
    const body = method === "POST" ? new URLSearchParams(form) : undefined;
    const begun = performance.now();
    const response = await fetch(url, { method, headers: all, body, signal, credentials: "omit", cache: "no-store", redirect: "error" });
    const text = await response.text();
    return { response, text, took: Math.round(performance.now() - begun) };
}

function asJson(text) {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function pretty(text) {
    const value = asJson(text);
    return value === undefined ? text : JSON.stringify(value, null, 2);
}

/** The part of an operation in which a request is filled in, sent and answered. */
function trial(template, method, path, operation) {
    const fields = controls(path, operation);
    const callers = operation.security.flatMap(Object.keys);
    const options = callers.map((caller) => element("option", { value: caller }, needs[caller]));
    const as = element("select", {}, options);
    const command = element("pre", { tabindex: "0", role: "group", "aria-label": "The request for a terminal" });
    const state = element("p", { role: "status" });
    const said = element("div");
    const sendButton = element("button", { type: "button", class: method === "delete" ? "danger" : "primary" }, method === "delete" ? "Send, and delete" : "Send");
    const stopButton = element("button", { type: "button", hidden: true }, "Stop waiting");
    const current = () => request(template, method, fields);
    const retell = () => command.replaceChildren(curl(current(), as.value));
    let flight;

    async function fly() {
        const open = fields.path.find((field) => field.values().length === 0);
        if (open) {
            state.replaceChildren(`Nothing was sent. Fill in ${open.name} first: it is part of the path.`);
            open.input.focus();
            return;
        }
        flight = new AbortController();
        sendButton.disabled = true;
        stopButton.hidden = false;
        state.replaceChildren("Waiting for the answer…");
        said.replaceChildren();
        try {
            const { response, text, took } = await send(current(), as.value, flight.signal);
            const status = `${response.status} ${response.statusText}`.trim();
            state.replaceChildren(element("strong", { class: response.status < 400 ? undefined : "failed" }, status), ` after ${took} ms`);
            const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
            if (response.ok) learnFrom(text);
            said.replaceChildren(
                element("pre", { tabindex: "0", role: "group", "aria-label": "The body of the answer" }, text ? pretty(text) : "(no body)"),
                element("pre", { tabindex: "0", role: "group", "aria-label": "The headers of the answer" }, headers),
            );
        } catch (error) {
            const stopped = flight.signal.aborted;
            state.replaceChildren(stopped ? "You stopped waiting. The server may have done it all the same." : `No answer came: ${error.message}`);
        }
        sendButton.disabled = false;
        stopButton.hidden = true;
    }
    sendButton.addEventListener("click", fly);
    stopButton.addEventListener("click", () => flight?.abort());

    const places = [["In the path", fields.path], ["In the query", fields.query], ["Headers", fields.headers], ["In the body", fields.body]];
    const filled = places.filter(([, list]) => list.length).flatMap(([title, list]) => [element("h4", {}, title), ...list.map((field) => field.shown)]);
    const whole = element("div", {},
        filled,
        element("h4", {}, "Try it"),
        callers.length > 1 ? element("label", {}, "Send with", as) : undefined,
        command,
        sendButton,
        stopButton,
        element("div", { class: "answer" }, state, said),
    );
    whole.addEventListener("input", retell);
    retell();
    return whole;
}

/** Follows a reference within the document. */
function resolved(schema, whole) {
    if (!schema?.$ref) return schema;
    return schema.$ref.slice(2).split("/").reduce((part, name) => part[name], whole);
}

function kindOf(schema) {
    if (schema.$ref) return schema.$ref.split("/").pop();
    if (schema.anyOf) return schema.anyOf.map(kindOf).join(" or ");
    const type = [].concat(schema.type).join(" or ");
    if (schema.enum) return schema.enum.join(" | ");
    if (schema.items) return `array of ${kindOf(schema.items)}`;
    return schema.format ? `${type}, ${schema.format}` : type;
}

/** What an object consists of, with the objects in it inside. */
function members(schema, whole) {
    const rows = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
        const references = (member.anyOf ?? [member.items ?? member]).filter((part) => part.$ref);
        const objects = references.map((part) => [kindOf(part), resolved(part, whole)]);
        const nested = objects.flatMap(([title, object]) => [objects.length > 1 ? element("p", { class: "muted" }, `${title}:`) : [], members(object, whole)]);
        return [element("dt", {}, name), element("dd", {}, element("span", { class: "muted" }, kindOf(member), ". "), prose(member.description ?? ""), nested.flat())];
    });
    return element("dl", {}, rows);
}

function answers(operation, whole) {
    const rows = Object.entries(operation.responses).flatMap(([status, response]) => {
        const content = response.content?.["application/json"];
        const lines = response.description.split("\n");
        const codes = lines.filter((line) => line.startsWith("- ")).map((line) => element("li", {}, prose(line.slice(2))));
        const parts = codes.length ? [element("ul", {}, codes)] : [element("p", {}, prose(lines.join(" ")))];
        if (content?.example) {
            const example = element("pre", { tabindex: "0", role: "group", "aria-label": `An example of ${status}` }, JSON.stringify(content.example, null, 2));
            parts.push(element("details", { class: "inner" }, element("summary", {}, "What is in it"), element("div", { class: "body" }, members(resolved(content.schema, whole), whole), example)));
        }
        const headers = Object.entries(response.headers ?? {}).map(([name, header]) => element("p", { class: "muted" }, element("code", {}, name), `: ${header.description}`));
        return [element("dt", { class: "status" }, status), element("dd", {}, parts, headers)];
    });
    return [element("h4", {}, "Answers"), element("dl", { class: "answers" }, rows)];
}

/** One operation, folded; what is in it is made when it is opened. */
function show(template, method, path, operation, whole) {
    const title = element("h3", {}, element("span", { class: `method ${method}` }, method.toUpperCase(), " "), element("code", {}, template));
    const folded = element("details", { id: operation.operationId }, element("summary", {}, title, element("span", { class: "muted" }, operation.summary)));
    const fill = () => {
        const callers = operation.security.flatMap(Object.keys).map((caller) => names[caller]);
        const asked = callers.length ? `Asked by ${callers.join(" or ")}.` : "Anybody may ask, without credentials.";
        const description = operation.description ? element("p", {}, prose(operation.description)) : undefined;
        folded.append(element("div", { class: "body" }, description ?? [], element("p", { class: "muted" }, asked), trial(template, method, path, operation), answers(operation, whole)));
    };
    folded.addEventListener("toggle", fill, { once: true });
    return folded;
}

function openLinked() {
    const target = $(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) {
        target.open = true;
        target.scrollIntoView();
        target.querySelector("summary").focus({ preventScroll: true });
    }
}

function build(whole) {
    const groups = new Map(whole.tags.map(({ name }) => [name, []]));
    for (const [template, path] of Object.entries(whole.paths))
        for (const method of METHODS) {
            const operation = path[method];
            if (operation) groups.get(operation.tags[0]).push([template, method, path, operation]);
        }
    $("version").textContent = `, version ${whole.info.version}`;
    $("about").after(element("p", { class: "muted" }, prose(whole.info.description)));
    const contents = [];
    for (const [group, operations] of groups) {
        const id = `group-${++made}`;
        $("operations").append(element("section", { "aria-labelledby": id }, element("h2", { id }, group), operations.map((operation) => show(...operation, whole))));
        const links = operations.map(([, , , operation]) => element("li", {}, element("a", { href: `#${operation.operationId}` }, operation.summary)));
        contents.push(element("li", {}, element("h2", {}, group), element("ul", {}, links)));
    }
    $("contents").append(element("ul", {}, contents));
}

$("forget").addEventListener("click", forget);
addEventListener("pagehide", forget);
addEventListener("hashchange", openLinked);
$("state").textContent = "Reading openapi.json…";
try {
    const response = await fetch(new URL("openapi.json", here), { credentials: "omit" });
    build(await response.json());
    $("state").textContent = "";
    openLinked();
} catch (error) {
    $("state").textContent = `The document could not be read: ${error.message}. Reload the page to try again.`;
}
