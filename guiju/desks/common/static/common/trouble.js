// What was sent did not arrive, or was not taken in: what was typed, drawn and chosen stays where it is, and a sentence at the
// button says what happened and when to send it again. The key in the form makes sending it again the same as once.
import { says } from "./says.js";

// The house takes nothing in just now (ADR 14), or something before it does not reach it.
const FULL = new Set([502, 503, 504]);
const A_WHILE_S = 100;
const SOON_S = 10;
const clocks = new WeakMap();

/** Why an answer is none, as the name of its sentence; nothing where a page was answered that should be shown. 0: the line broke. */
export function trouble(status) {
  if (status === 0 || status === 408) return "broken";
  if (FULL.has(status)) return "full";
  if (status === 429) return "often";
  if (status === 413) return "large";
  return status >= 500 ? "failed" : "";
}

/** How many seconds to wait, as the answer says (Retry-After), or a few. */
function patience(header) {
  const seconds = Number.parseInt(header ?? "", 10);
  return seconds > 0 ? seconds : SOON_S;
}

function sentence(why, seconds) {
  if (!["full", "often"].includes(why)) return says(why);
  return seconds > A_WHILE_S ? says(`${why}Long`, { minutes: Math.ceil(seconds / 60) }) : says(why, { seconds });
}

/** Take back what was said at that form. */
export function calm(form) {
  clearTimeout(clocks.get(form));
  form.querySelector(".trouble")?.remove();
}

/** Say at the form's button what happened, and when to send it again. */
export function complain(form, why, retryAfter) {
  calm(form);
  const notice = document.createElement("p");
  notice.className = "trouble notice notice-warning";
  notice.setAttribute("role", "alert");
  notice.dataset.why = why;
  const buttons = form.busyButton?.closest(".buttons") ?? [...form.querySelectorAll(".buttons")].at(-1);
  if (buttons && form.contains(buttons)) buttons.before(notice);
  else form.append(notice);
  const seconds = patience(retryAfter);
  notice.textContent = sentence(why, seconds);
  notice.scrollIntoView({ block: "nearest" });
  if (["full", "often"].includes(why)) {
    clocks.set(form, setTimeout(() => { notice.textContent = says("again"); }, seconds * 1000));
  }
}

/** What htmx sent: a form, or a button in one. What asks again by itself, and what merely looks something up, says nothing. */
function sentBy(event) {
  const { elt, requestConfig } = event.detail;
  return requestConfig?.verb === "get" ? null : elt?.closest?.("form");
}

export function start() {
  document.addEventListener("htmx:sendError", (event) => {
    const form = sentBy(event);
    if (form) complain(form, "broken");
  });
  document.addEventListener("htmx:timeout", (event) => {
    const form = sentBy(event);
    if (form) complain(form, "broken");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = sentBy(event);
    const line = event.detail.xhr;
    const why = trouble(line.status);
    if (form && why) complain(form, why, line.getResponseHeader("Retry-After"));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = sentBy(event);
    if (form) calm(form);
  });
  addEventListener("online", () => {
    for (const notice of document.querySelectorAll(".trouble[data-why=broken]")) notice.textContent = says("again");
  });
}
