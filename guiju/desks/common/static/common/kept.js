// A form that was sent when the session was over has done nothing, and what was typed is not lost: it is kept in this tab
// alone, and stands in the form again when the same person has signed in. It is a draft like those of drafts.js, and goes as
// they go: the next person on the same tablet never sees it, and signing out forgets it.
import { says } from "./says.js";

const FORMS = "#main form";
const KEPT = "input:not([type=hidden]):not([type=file]):not([type=password]):not([type=submit]), textarea, select";
const person = () => document.body.dataset.person ?? "";
const place = () => `draft:${person()}:turned-away`;
const here = () => location.pathname + location.search;

const isPost = (form) => form.getAttribute("method")?.toLowerCase() === "post" || form.hasAttribute("hx-post");
const fields = (form) => [...form.querySelectorAll(KEPT)].filter((field) => field.name);
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);

/** Where a form leads, and the how-manieth of those it is. */
const way = (form) => new URL(form.getAttribute("hx-post") || form.getAttribute("action") || here(), location.href).pathname;
const alike = (action) => [...document.querySelectorAll(FORMS)].filter((form) => isPost(form) && way(form) === action);

/** What cannot be kept: files, and what was drawn. By the names that stand above them. */
function besides(form) {
  const files = [...form.querySelectorAll("input[type=file]")].filter((input) => input.files.length);
  const drawn = [...form.querySelectorAll("[data-signature-drawn]")].filter((input) => input.value);
  const names = [...files, ...drawn].map((each) => {
    const head = each.labels?.[0] ?? each.closest(".field, fieldset")?.querySelector("label, legend");
    return head?.textContent.trim() ?? "";
  });
  return [...new Set(names.filter(Boolean))];
}

function keep(form) {
  const action = way(form);
  const typed = fields(form).map((field) => [field.name, isTicked(field) ? [field.value, field.checked] : field.value]);
  const kept = { page: here(), action, at: alike(action).indexOf(form), typed, besides: besides(form) };
  sessionStorage.setItem(place(), JSON.stringify(kept));
}

/** Put back what was typed; whether all of it found its field. */
function fill(form, typed) {
  const left = fields(form);
  let isWhole = true;
  for (const [name, value] of typed) {
    const found = left.findIndex((field) => field.name === name && (!Array.isArray(value) || field.value === value[0]));
    const [field] = found < 0 ? [] : left.splice(found, 1);
    if (!field) isWhole &&= !value || Array.isArray(value);
    else if (Array.isArray(value)) field.checked = value[1];
    else if (field.tagName !== "SELECT" || [...field.options].some((each) => each.value === value)) field.value = value;
    else isWhole = false;
    field?.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return isWhole;
}

function tell(where, words) {
  const notice = document.createElement("p");
  notice.className = "notice notice-warning came-back";
  notice.setAttribute("role", "alert");
  notice.tabIndex = -1;
  notice.textContent = words.join(" ");
  where.prepend(notice);
  notice.focus();
  notice.scrollIntoView({ block: "center" });
}

function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  if (!kept?.isTurnedAway) return sessionStorage.removeItem(place());
  if (kept.page !== here()) return undefined;
  sessionStorage.removeItem(place());
  // The server has put back what it knows (typed.py): this knows more, and one sentence is enough.
  document.querySelector("[data-came-back]")?.remove();
  // It was sent and not taken: its draft is one, whatever this page says of the sign-in.
  sessionStorage.removeItem(`draft:${person()}:sent`);
  const form = alike(kept.action)[kept.at] ?? alike(kept.action)[0];
  if (!form) return tell(document.getElementById("main"), [says("changed")]);
  for (let folded = form.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  const words = [says("back")];
  if (!fill(form, kept.typed)) words.push(says("partly"));
  if (kept.besides.length) words.push(says("chooseAgain", { names: kept.besides.join(", ") }));
  return tell(form, words);
}

/** On the page to sign in: what was turned away at the door waits, whosever it is. */
function hold() {
  if (!new URLSearchParams(location.search).has("sent")) return;
  for (const name of Object.keys(sessionStorage).filter((each) => /^draft:.+:turned-away$/.test(each))) {
    sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), isTurnedAway: true }));
    document.querySelector("[data-kept]")?.removeAttribute("hidden");
  }
}

export function start() {
  // A person's pages say whose they are.
  if (!person()) return hold();
  giveBack();
  document.addEventListener("submit", (event) => {
    if (event.target.matches(FORMS) && isPost(event.target)) keep(event.target);
  }, true);
  // What was done need not come back.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr, requestConfig } = event.detail;
    if (successful && requestConfig?.verb !== "get" && !xhr.getResponseHeader("HX-Redirect")) sessionStorage.removeItem(place());
  });
  return undefined;
}
