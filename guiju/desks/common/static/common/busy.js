// A form that is on its way says so, and is not sent a second time by an impatient finger.
const STUCK_AFTER_MS = 20000;

function settle(form) {
  delete form.dataset.busy;
  form.removeAttribute("aria-busy");
}

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.busy = "1";
    form.setAttribute("aria-busy", "true");
    // Its key makes sending twice harmless; a person whose line is dead must be able to try again.
    setTimeout(() => settle(form), STUCK_AFTER_MS);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form") || event.detail?.elt?.closest?.("form");
    if (form) settle(form);
  });
  // A page that comes back from the browser's memory is not busy any more.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-busy]")) settle(form);
  });
}
