// The board by hand: a job is dragged onto a technician with the mouse; by keys, j and k walk over the jobs, Enter picks one
// and a number sends it; on a telephone one taps. Each way ends in the same form, and the server alone judges it.

const SLACK_PX = 6; // less is a click with an unsteady hand
// Asked each time: a refused form brings a new page in the place of the old one.
const send = () => document.getElementById("dropped");
const voice = document.getElementById("live");
let held = null;

function say(sentence, words) {
  if (voice && send()) voice.textContent = send().dataset[sentence].replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");
}

function people() {
  return [...document.querySelectorAll("[data-technician]")];
}

function isUnfit(person, row) {
  return "away" in person.dataset || !person.dataset.lines.split(" ").includes(row.dataset.line);
}

function begin(row) {
  row.classList.add("is-picked");
  document.body.classList.add("is-dragging");
  for (const person of people()) person.classList.toggle("is-unfit", isUnfit(person, row));
  say("picked", { job: row.dataset.job });
}

function end() {
  document.body.classList.remove("is-dragging");
  held.row.classList.remove("is-picked");
  for (const person of people()) person.classList.remove("is-unfit", "is-over");
  held = null;
}

function over(event) {
  const person = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-technician]") ?? null;
  if (person === held.person) return;
  held.person?.classList.remove("is-over");
  held.person = person;
  if (!person) return;
  person.classList.add("is-over");
  say(isUnfit(person, held.row) ? "unfit" : "over", { job: held.row.dataset.job, name: person.dataset.name });
}

function drop({ row, person }) {
  const form = send();
  form.action = row.dataset.send;
  form.elements.technician.value = person.dataset.technician;
  form.requestSubmit();
}

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.("[data-job]");
  // A finger scrolls; what can be clicked is clicked.
  if (!send() || !row || event.button !== 0 || event.pointerType === "touch" || event.target.closest("a, button, summary")) return;
  held = { row, x: event.clientX, y: event.clientY, isMoving: false, person: null };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.isMoving) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK_PX) return;
    held.isMoving = true;
    begin(held.row);
  }
  event.preventDefault();
  over(event);
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const done = held;
  if (!done.isMoving) {
    held = null;
    return;
  }
  end();
  if (done.person) drop(done);
  else say("left", { job: done.row.dataset.job });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held?.isMoving) return;
  say("left", { job: held.row.dataset.job });
  end();
});
document.addEventListener("pointercancel", () => held?.isMoving && end());

// The jobs are walked with two real buttons, so that their keys stand in the list of keys like all others.
function walk(by) {
  const jobs = [...document.querySelectorAll("[data-walked]")];
  const here = jobs.findIndex((job) => job === document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : jobs.length - 1) : Math.min(Math.max(here + by, 0), jobs.length - 1);
  jobs[next]?.focus();
}

document.addEventListener("click", (event) => {
  const step = event.target.closest?.("[data-walk-by]");
  if (step) walk(Number(step.dataset.walkBy));
});
document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !event.target.matches?.("[data-walked]")) return;
  event.preventDefault();
  walk(by);
});

function show() {
  for (const walking of document.querySelectorAll("[data-walk]")) walking.hidden = false;
}
show();
new MutationObserver(show).observe(document.body, { childList: true, subtree: true });

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id !== "pick") return;
  const names = [...event.detail.elt.querySelectorAll("[data-hotkey-name]")].map((button) => `${button.dataset.hotkey} ${button.dataset.hotkeyName}`);
  if (names.length) say("who", { names: names.join(", ") });
});
