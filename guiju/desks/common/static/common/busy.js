// A form that is on its way says so at its button, and is not sent a second time by an impatient finger.
import { says } from "./says.js";

const STUCK_AFTER_MS = 20000;
// Most answers are quicker than this, and a word that flickers is worse than none.
const WORD_AFTER_MS = 400;
const DOWNLOAD_MS = 4000;
const timers = new WeakMap();

/** Say on the button that was pressed what is going on; the button keeps its width, so that nothing jumps. */
export function tell(form, words) {
  const button = form.busyButton;
  if (!button) return;
  if (button.dataset.was === undefined) {
    button.dataset.was = button.innerHTML;
    button.style.minWidth = `${button.offsetWidth}px`;
  }
  if (button.textContent !== words) button.textContent = words;
}

export function begin(form, button) {
  form.dataset.busy = "1";
  form.setAttribute("aria-busy", "true");
  form.busyButton = button || form.querySelector("button:not([type=button])");
  form.busyButton?.setAttribute("aria-disabled", "true");
  timers.set(form, [
    setTimeout(() => tell(form, says("working")), WORD_AFTER_MS),
    // Its key makes sending twice harmless; a person whose line is dead must be able to try again.
    setTimeout(() => settle(form), STUCK_AFTER_MS),
  ]);
}

/** Hold on for as long as bytes still move. */
export function carryOn(form) {
  clearTimeout(timers.get(form)?.at(-1));
}

export function settle(form) {
  for (const timer of timers.get(form) || []) clearTimeout(timer);
  delete form.dataset.busy;
  form.removeAttribute("aria-busy");
  const button = form.busyButton;
  if (!button) return;
  button.removeAttribute("aria-disabled");
  if (button.dataset.was !== undefined) {
    button.innerHTML = button.dataset.was;
    button.style.minWidth = "";
    delete button.dataset.was;
  }
}

export function start() {
  // Before anybody else hears of it, htmx and our own upload included.
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.dataset.busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") === "dialog") return;
    begin(form, event.submitter);
    // The answer is a file, and the page stays: nothing tells us when it has come.
    if ("downloads" in form.dataset) setTimeout(() => settle(form), DOWNLOAD_MS);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail?.elt;
    if (form instanceof HTMLFormElement) begin(form, event.detail.requestConfig?.triggeringEvent?.submitter);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form") || event.detail?.elt?.closest?.("form");
    if (form) settle(form);
  });
  // A paper takes a second to be printed: the link says that it was pressed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='.pdf'], a[download]");
    if (!link || link.classList.contains("is-busy")) return;
    link.classList.add("is-busy");
    setTimeout(() => link.classList.remove("is-busy"), DOWNLOAD_MS);
  });
  // A page that comes back from the browser's memory is not busy any more.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) settle(form);
    for (const link of document.querySelectorAll(".is-busy")) link.classList.remove("is-busy");
  });
}
