// A shared till screen: F9 asks who works here now, a digit chooses, the PIN and Enter take over. The page stays as it is: what was
// typed in it is sent by the new person. When nobody touches it for a while the screen locks, and the house answers it nothing.
const door = document.querySelector("[data-terminal]");
const sheet = document.getElementById("terminal");
let isLocked = false;

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

function ask(method, body) {
  return fetch(door.href, { method, body, headers: { "X-Sent-By": "terminal", "X-CSRFToken": token() } });
}

function dress(html) {
  sheet.innerHTML = html;
  const closes = sheet.querySelector("[data-closes]");
  if (closes && !isLocked) closes.hidden = false;
  const people = [...sheet.querySelectorAll("[name=person]")];
  people.forEach((each, index) => {
    const cap = document.createElement("kbd");
    cap.textContent = String(index + 1);
    each.closest("label")?.append(" ", cap);
  });
  (people.find((each) => each.checked) ? sheet.querySelector("[name=pin]") : people[0])?.focus();
}

async function open() {
  if (!sheet.open) sheet.showModal();
  const answer = await ask("GET");
  dress(await answer.text());
}

/** The page is the new person's now: their name stands on it, and its forms carry their own token. */
function become(said) {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = said.token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": said.token }));
  document.body.dataset.person = said.person;
  for (const name of document.querySelectorAll(".person-name, .menu.person strong")) name.textContent = said.name;
  for (const face of document.querySelectorAll(".menu.person .face")) face.textContent = said.initials;
  document.getElementById("live").textContent = said.name;
  isLocked = false;
  sheet.close();
  sheet.replaceChildren();
}

async function takeOver(form) {
  const answer = await ask("POST", new FormData(form));
  if (answer.ok) become(await answer.json());
  else dress(await answer.text());
}

async function lock() {
  isLocked = true;
  await fetch(new URL("lock", door.href), { method: "POST", headers: { "X-CSRFToken": token() } });
  await open();
}

if (door && sheet) {
  door.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    takeOver(event.target);
  });
  // A locked screen is closed by nobody.
  sheet.addEventListener("cancel", (event) => {
    if (isLocked) event.preventDefault();
  });
  sheet.addEventListener("close", () => {
    if (isLocked) sheet.showModal();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "F9" && !sheet.open) {
      event.preventDefault();
      open();
    }
    const people = sheet.open ? [...sheet.querySelectorAll("[name=person]")] : [];
    const chosen = people[Number(event.key) - 1];
    if (chosen && event.target !== sheet.querySelector("[name=pin]")) {
      event.preventDefault();
      chosen.checked = true;
      sheet.querySelector("[name=pin]").focus();
    }
  });
  const idle = Number(door.dataset.idle) * 1000;
  if (idle) {
    let timer = setTimeout(lock, idle);
    for (const touched of ["pointerdown", "keydown"])
      addEventListener(touched, () => {
        if (isLocked) return;
        clearTimeout(timer);
        timer = setTimeout(lock, idle);
      });
  }
}
