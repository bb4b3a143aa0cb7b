// Several forms on one page are sent one at a time: what is typed into the others is kept, in this tab alone, until it is
// sent and taken. It is whose typed it: the next person on the same tablet never sees it, and signing out forgets it.
const PREFIX = "draft:";
const KEPT = "input:not([type=hidden]):not([type=file]):not([type=password]):not([type=submit]), textarea, select";

const person = () => document.body.dataset.person ?? "";
const ours = () => `${PREFIX}${person()}:`;
const key = (form) => `${ours()}${form.closest("[data-drafts]").dataset.drafts}:${form.dataset.step}`;
const sent = () => `${ours()}sent`;

function fields(form) {
  return [...form.querySelectorAll(KEPT)].filter((field) => field.name);
}

/** What makes one field of the form another: radio buttons and boxes share their name. */
const slot = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
const content = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);

function keep(form) {
  const typed = Object.fromEntries(fields(form).map((field) => [slot(field), content(field)]));
  sessionStorage.setItem(key(form), JSON.stringify(typed));
}

function restore(form) {
  const typed = JSON.parse(sessionStorage.getItem(key(form)) ?? "null");
  if (!typed) return;
  for (const field of fields(form)) {
    const was = typed[slot(field)];
    if (was === undefined) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = was;
    else if (field.tagName !== "SELECT" || [...field.options].some((each) => each.value === was)) field.value = was;
  }
  const folded = form.closest("details");
  if (folded) folded.open = true;
}

/** Forget what other people have typed here; everybody's, when somebody signs out. */
function forget(isEverybodys) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && (isEverybodys || !name.startsWith(ours()))) sessionStorage.removeItem(name);
  }
}

/** What became of the form that was sent last: taken, and its draft ends; refused, and what came back is the draft. */
function settle(room) {
  const last = sessionStorage.getItem(sent());
  sessionStorage.removeItem(sent());
  if (!last) return "";
  const back = [...room.querySelectorAll("form[data-step]")].find((form) => key(form) === last && form.querySelector("[role=alert]"));
  if (back) {
    keep(back);
    return last;
  }
  if (document.querySelector("#messages .notice-success")) sessionStorage.removeItem(last);
  return "";
}

/** A step whose form is fetched when it is opened: opened again, it is fetched and then filled. */
function openThoseStillToCome(room) {
  for (const folded of room.querySelectorAll("details[id^=step-]")) {
    const name = `${ours()}${room.dataset.drafts}:${folded.id.replace("step-", "")}`;
    if (sessionStorage.getItem(name) && !folded.querySelector("form[data-step]")) folded.open = true;
  }
}

function fill(room) {
  const refused = settle(room);
  for (const form of room.querySelectorAll("form[data-step]")) if (key(form) !== refused) restore(form);
  openThoseStillToCome(room);
}

export function start() {
  // At the door nobody is known yet: whoever comes in finds what is theirs, and what is not is forgotten then.
  if (!person()) return;
  forget(false);
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".person form")) forget(true);
    if (!event.target.matches("[data-drafts] form[data-step]")) return;
    keep(event.target);
    sessionStorage.setItem(sent(), key(event.target));
  }, true);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.closest?.("[data-drafts] form[data-step]");
      if (form) keep(form);
    });
  }
  const room = document.querySelector("[data-drafts]");
  if (room) fill(room);
  // A step that leads away from the job, such as refusing it, is told on another page.
  else settle(document);
  // What came later: an opened step, or the page that came back after an upload.
  document.addEventListener("htmx:load", (event) => {
    const place = event.detail.elt;
    const rooms = place.matches?.("#main") ? place.querySelectorAll("[data-drafts]") : [];
    if (rooms.length) return rooms.forEach(fill);
    for (const form of (place.parentElement ?? document).querySelectorAll("[data-drafts] form[data-step]")) if (form.closest("details")?.contains(place)) restore(form);
  });
}
