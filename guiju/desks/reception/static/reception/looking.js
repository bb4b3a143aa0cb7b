// The box that finds while one types: arrows walk through what was found, Enter opens it. Without this, Enter sends the form.
const box = document.querySelector("[data-looks]");
const form = box?.form;
let isWanted = false;

const list = () => document.getElementById("look");
const rows = () => [...list().querySelectorAll("[role=option]")];
const chosen = () => list().querySelector("[aria-selected=true]");
const folded = (text) => text.trim().split(/\s+/).join(" ");
// What stands there may belong to what was typed a moment ago.
const isFresh = () => list().dataset.text === folded(box.value);

function choose(row) {
  for (const each of rows()) each.setAttribute("aria-selected", String(each === row));
  if (row) box.setAttribute("aria-activedescendant", row.id);
  else box.removeAttribute("aria-activedescendant");
  row?.scrollIntoView({ block: "nearest" });
}

function open() {
  isWanted = false;
  const row = chosen();
  if (row) location.assign(row.href);
  else form.submit();
}

function settled() {
  box.setAttribute("aria-expanded", String(rows().length > 0));
  choose(chosen());
  if (isWanted) open();
}

if (box) {
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = rows();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!all.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && folded(box.value)) {
      event.preventDefault();
      // Quicker than the answer, as a scanner always is: it is opened as soon as it is there.
      if (isFresh()) open();
      else isWanted = true;
    } else if (event.key === "Escape") {
      list().replaceChildren();
    }
  });
  box.addEventListener("input", () => {
    isWanted = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "look" || event.detail.elt?.id === "look") settled();
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failed, (event) => {
      if (event.detail.elt === box && isWanted) form.submit();
    });
  }
}
