// A form that has a key is sent in the background: when the house is full or the line breaks, all that was typed, drawn and
// chosen is still there to be sent again. Where it has photographs or files, it shows how much has gone. Without scripts it is
// the same form sent the plain way.
import { begin, carryOn, settle, tell } from "./busy.js";
import { says } from "./says.js";
import { calm, complain, trouble } from "./trouble.js";

// No byte either way for so long is a line that is dead; the house itself waits for less.
const SILENCE_MS = 60000;

function chosen(form) {
  return [...form.querySelectorAll("input[type=file]")].filter((input) => !input.disabled && input.files.length);
}

function bar(form) {
  if (!chosen(form).length) return { show() {}, arrived() {}, gone() {} };
  const box = document.createElement("div");
  box.className = "sending";
  box.dataset.made = "";
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

/** Go where the answer leads, also to another place of the page that one is on. */
function go(address) {
  const isHere = address.pathname === location.pathname && address.search === location.search;
  location.assign(address);
  // To another place of this page a browser only scrolls.
  if (isHere && address.hash) location.reload();
}

/** Give the page that came back what it needs beside its content: its title, its style sheets, and its own scripts. */
function dress(fetched) {
  document.title = fetched.title;
  for (const sheet of fetched.querySelectorAll("link[rel=stylesheet]")) {
    if (!document.querySelector(`link[href="${CSS.escape(sheet.getAttribute("href"))}"]`)) document.head.append(document.adoptNode(sheet));
  }
}

/** A page's own scripts look at what stands on it when they are loaded: they look again; data-stays are those that need not. */
function wake(scripts) {
  for (const script of scripts) {
    const address = new URL(script.getAttribute("src"), location.href);
    const isHere = [...document.scripts].some((one) => "stays" in one.dataset && one.src === address.href);
    if (!isHere) import(`${address}?again=${performance.now()}`);
  }
}

/** Show the page that came back in the place of ours: a form that was refused, or a page that says no. */
function replace(form, fetched, url) {
  const kept = chosen(form).map((input) => [input.name, input.files]);
  const fresh = fetched.getElementById("main");
  const main = document.getElementById("main");
  if (!fresh || !main) {
    location.assign(url);
    return;
  }
  const scripts = [...fetched.querySelectorAll("script[type=module][src]:not([src*='common/desk'])")];
  dress(fetched);
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
  wake(scripts);
  (next.querySelector("[data-focus]") || next).focus();
}

function answered(form, line) {
  const next = line.getResponseHeader("X-Go-To");
  if (next) return go(new URL(next, line.responseURL));
  const fetched = new DOMParser().parseFromString(line.responseText, "text/html");
  const why = trouble(line.status);
  // A form that came back says itself what is the matter.
  if (why && !fetched.querySelector(".form-errors")) return complain(form, why, line.getResponseHeader("Retry-After"));
  return replace(form, fetched, line.responseURL);
}

function send(form, button) {
  const parcel = new FormData(form, button);
  const shown = bar(form);
  const line = new XMLHttpRequest();
  let silence = 0;
  const wait = () => {
    clearTimeout(silence);
    silence = setTimeout(() => line.abort(), SILENCE_MS);
  };
  const over = () => {
    clearTimeout(silence);
    shown.gone();
    settle(form);
  };
  begin(form, button);
  carryOn(form);
  shown.show(0);
  wait();
  line.upload.addEventListener("progress", (event) => {
    wait();
    if (event.lengthComputable && event.loaded < event.total) shown.show(Math.floor((event.loaded / event.total) * 100));
  });
  line.upload.addEventListener("load", () => shown.arrived());
  line.addEventListener("progress", wait);
  line.addEventListener("load", () => {
    // Who is led on stays busy until the next page is here.
    if (line.getResponseHeader("X-Go-To")) clearTimeout(silence);
    else over();
    answered(form, line);
  });
  for (const end of ["error", "abort"]) {
    line.addEventListener(end, () => {
      over();
      complain(form, "broken");
    });
  }
  line.open("POST", button?.getAttribute("formaction") || form.getAttribute("action") || location.href);
  line.setRequestHeader("X-Sent-By", "upload");
  line.send(parcel);
}

/** Whether we send it: it has a key or files, and neither htmx nor a download is meant. Attributes, because a field may be named "method". */
function isOurs(form, button) {
  const isPost = form.getAttribute("method")?.toLowerCase() === "post" && ![form, button].some((each) => each?.hasAttribute("hx-post"));
  const isPlain = "downloads" in form.dataset || form.hasAttribute("target") || !(form.checkVisibility?.() ?? true);
  return isPost && !isPlain && (form.elements.namedItem("once") || chosen(form).length > 0);
}

export function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isOurs(form, event.submitter)) return;
    event.preventDefault();
    calm(form);
    send(form, event.submitter);
  });
  // A page that comes back from the browser's memory is on its way no more.
  addEventListener("pageshow", () => {
    for (const box of document.querySelectorAll(".sending[data-made]")) box.remove();
  });
}
