// What takes long, told while it goes on: many rows that something is done to, and a list that leaves as a file. Each can be
// stopped, nothing is sent twice, and one goes on reading. Without scripts they are the same forms, sent whole.
import { begin, carryOn, settle, tell } from "./busy.js";
import { says } from "./says.js";
import { calm, complain, trouble } from "./trouble.js";

// So many rows are done by one request: a second or less, so that the line never stands still for longer.
const ROWS_AT_ONCE = 10;
// A line that is read aloud at each row is never read to its end.
const SAID_EVERY_MS = 500;

/** A bar, a line and a button to stop, below that element. */
function line(below, stop) {
  const box = document.createElement("div");
  box.className = "sending";
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", says("working"));
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = says("stop");
  button.addEventListener("click", () => {
    button.disabled = true;
    stop();
  });
  box.append(bar, words, button);
  below.after(box);
  let [next, waiting] = ["", 0];
  return {
    show(share, sentence) {
      if (share === null) bar.removeAttribute("value");
      else bar.value = share;
      next = sentence;
      if (!words.textContent) words.textContent = sentence;
      waiting ||= setTimeout(() => {
        words.textContent = next;
        waiting = 0;
      }, SAID_EVERY_MS);
    },
    gone: () => box.remove(),
  };
}

function asks(event) {
  event.preventDefault();
}

/** While it goes on, whoever leaves the page is asked first. */
function guard(isOn) {
  if (isOn) addEventListener("beforeunload", asks);
  else removeEventListener("beforeunload", asks);
}

/** Send it the plain way after all: the answer is a page. */
function plainly(form, button) {
  settle(form);
  if (button?.name) {
    const said = document.createElement("input");
    Object.assign(said, { type: "hidden", name: button.name, value: button.value });
    form.append(said);
  }
  form.submit();
}

// --- A list that leaves as a file

function named(response) {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
}

/** Read the answer piece by piece, and tell how many rows have come. */
async function take(response, shown) {
  const all = Number(response.headers.get("X-Rows")) || 0;
  const isText = response.headers.get("Content-Type").startsWith("text/csv");
  const reader = response.body.getReader();
  const parts = [];
  let rows = -1;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    if (isText) for (const byte of part.value) rows += byte === 10;
    const come = Math.min(Math.max(rows, 0), all);
    if (isText && all) shown.show(come / all, says("rows", { count: come.toLocaleString(), all: all.toLocaleString() }));
  }
  return new Blob(parts, { type: response.headers.get("Content-Type") });
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function leave(form, button) {
  const stopped = new AbortController();
  const shown = line(form.closest(".listing-bar") ?? form, () => stopped.abort());
  calm(form);
  begin(form, button);
  carryOn(form);
  tell(form, says("working"));
  shown.show(null, says("writing"));
  guard(true);
  try {
    const response = await fetch(form.getAttribute("action"), {
      method: "POST", body: new FormData(form, button), redirect: "manual", signal: stopped.signal,
    });
    const why = response.type === "opaqueredirect" ? "" : trouble(response.status);
    if (why) complain(form, why, response.headers.get("Retry-After"));
    else if (!response.ok || !named(response)) {
      guard(false);
      plainly(form, button);
    } else keep(await take(response, shown), named(response));
  } catch (broken) {
    if (broken.name !== "AbortError") complain(form, "broken");
  } finally {
    guard(false);
    shown.gone();
    settle(form);
  }
}

// --- Many rows, one after the other

/** One request for some of the rows: what was done, and what was not with its reason. Nothing where a page was answered instead. */
async function send(form, some, sofar, isLast) {
  const parcel = new FormData(form);
  parcel.delete("chosen");
  for (const key of some) parcel.append("chosen", key);
  parcel.set("before", `${sofar.done}`);
  if (isLast && !sofar.refused.length) parcel.set("last", "1");
  const response = await fetch(form.getAttribute("action"), {
    method: "POST", body: parcel, redirect: "manual", headers: { "X-Sent-By": "rows" },
  });
  const why = response.type === "opaqueredirect" ? "" : trouble(response.status);
  if (why) throw Object.assign(new Error(why), { why, wait: response.headers.get("Retry-After") });
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  return isOurs ? response.json() : null;
}

/** In the place of the form: what was done and what was not, and why. */
function outcome(form, sofar, left) {
  const page = form.querySelector("template[data-outcome]").content.cloneNode(true);
  const rows = page.querySelector("tbody");
  for (const [name, because] of sofar.refused) {
    const row = rows.insertRow();
    Object.assign(row.insertCell(), { className: "number whole", textContent: name });
    Object.assign(row.insertCell(), { className: "whole", textContent: because });
  }
  page.querySelector("[data-refused]").hidden = !sofar.refused.length;
  const words = page.querySelector("[data-said]");
  words.textContent = says("outcome", { done: sofar.done, refused: sofar.refused.length });
  if (left) words.append(` ${says("untouched", { count: left })}`);
  form.replaceWith(page);
  words.focus();
}

async function oneByOne(form, button) {
  const keys = [...form.querySelectorAll("[name=chosen]")].map((input) => input.value);
  const sofar = { done: 0, refused: [] };
  let [place, isStopped] = [0, false];
  const shown = line(form.querySelector(".buttons"), () => { isStopped = true; });
  const told = () => shown.show(place / keys.length, says("done", { count: place, all: keys.length, refused: sofar.refused.length }));
  calm(form);
  begin(form, button);
  carryOn(form);
  tell(form, says("working"));
  guard(true);
  try {
    while (place < keys.length && !isStopped) {
      told();
      const some = keys.slice(place, place + ROWS_AT_ONCE);
      const answer = await send(form, some, sofar, place + some.length >= keys.length);
      if (!answer) {
        guard(false);
        plainly(form, button);
        return;
      }
      place += some.length;
      sofar.done += answer.done;
      sofar.refused.push(...answer.refused);
      told();
      if (answer.go) {
        guard(false);
        location.assign(answer.go);
        return;
      }
    }
    outcome(form, sofar, keys.length - place);
  } catch (broken) {
    // What was done is done; sent again, it is not done twice.
    settle(form);
    complain(form, broken.why ?? "broken", broken.wait);
  } finally {
    guard(false);
    shown.gone();
  }
}

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if ("downloads" in form.dataset) {
      event.preventDefault();
      leave(form, event.submitter);
    } else if ("rowByRow" in form.dataset && form.querySelectorAll("[name=chosen]").length > ROWS_AT_ONCE && form.checkValidity()) {
      event.preventDefault();
      oneByOne(form, event.submitter);
    }
  });
}
