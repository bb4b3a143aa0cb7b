// A form with photographs or files is sent in the background and shows how much of it has gone. Without scripts, or when
// nothing was chosen, it is the same form sent the plain way.
import { begin, carryOn, settle, tell } from "./busy.js";
import { says } from "./says.js";

function chosen(form) {
  return [...form.querySelectorAll("input[type=file]")].filter((input) => !input.disabled && input.files.length);
}

function bar(form) {
  const box = document.createElement("div");
  box.className = "sending";
  const line = document.createElement("progress");
  line.max = 100;
  line.value = 0;
  line.setAttribute("aria-label", says("sending"));
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  box.append(line, words);
  const buttons = [...form.querySelectorAll(".buttons")].at(-1);
  if (buttons) buttons.before(box);
  else form.append(box);
  return {
    show(share) {
      line.value = share;
      words.textContent = says("sent", { percent: share });
      tell(form, says("sending"));
    },
    arrived() {
      line.removeAttribute("value");
      words.textContent = says("checking");
      tell(form, says("checking"));
    },
    gone: () => box.remove(),
  };
}

/** Show the page that came back in the place of ours: a form that was refused, or a page that says no. */
function replace(form, text, url) {
  const kept = chosen(form).map((input) => [input.name, input.files]);
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("main");
  const main = document.getElementById("main");
  if (!fresh || !main) {
    location.assign(url);
    return;
  }
  const next = document.adoptNode(fresh);
  main.replaceWith(next);
  // What was chosen need not be photographed again.
  for (const [name, files] of kept) {
    const input = next.querySelector(`input[type=file][name="${CSS.escape(name)}"]`);
    if (input) input.files = files;
  }
  next.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: next } }));
  for (const input of next.querySelectorAll("input[type=file]")) {
    if (input.files.length) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  window.htmx?.process(next);
  // The page's own scripts look at what stands on it when they are loaded: they look again.
  for (const script of document.querySelectorAll("body > script[type=module]:not([src*='common/desk'])")) {
    import(`${script.src}?again=${performance.now()}`);
  }
  (next.querySelector("[data-focus]") || next).focus();
}

function send(form, button) {
  const parcel = new FormData(form, button);
  const shown = bar(form);
  const line = new XMLHttpRequest();
  begin(form, button);
  carryOn(form);
  shown.show(0);
  line.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && event.loaded < event.total) shown.show(Math.floor((event.loaded / event.total) * 100));
  });
  line.upload.addEventListener("load", () => shown.arrived());
  line.addEventListener("load", () => {
    const next = line.getResponseHeader("X-Go-To");
    if (next) {
      location.assign(next);
      return;
    }
    shown.gone();
    settle(form);
    replace(form, line.responseText, line.responseURL);
  });
  line.addEventListener("error", () => {
    shown.gone();
    settle(form);
    const notice = document.createElement("p");
    notice.className = "field-error";
    notice.setAttribute("role", "alert");
    notice.textContent = says("broken");
    form.append(notice);
  });
  line.open("POST", button?.formAction || form.action);
  line.setRequestHeader("X-Sent-By", "upload");
  line.send(parcel);
}

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOurs = form.method === "post" && form.enctype === "multipart/form-data" && !form.hasAttribute("hx-post");
    if (event.defaultPrevented || !isOurs || !chosen(form).length) return;
    event.preventDefault();
    form.querySelector(":scope > .field-error[role=alert]")?.remove();
    send(form, event.submitter);
  });
}
