// Choosing without a mouse: a group is one stop of the Tab key, digits choose in it, letters and arrows walk in it.
const DIGITS_MAX = 9;

function walk(group, items, onDigit) {
  if (!items.length) return;
  items.forEach((item, at) => {
    item.tabIndex = at ? -1 : 0;
    if (at >= DIGITS_MAX) return;
    const cap = document.createElement("kbd");
    cap.textContent = String(at + 1);
    cap.setAttribute("aria-hidden", "true");
    (item.matches("input") ? item.closest("label") : item).append(" ", cap);
  });

  function go(item) {
    for (const each of items) each.tabIndex = each === item ? 0 : -1;
    item.focus();
  }

  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const here = items.indexOf(event.target);
    if (here < 0) return;
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    let meant = null;
    if (event.key in steps && items[0].type !== "radio") {
      meant = items[(here + steps[event.key] + items.length) % items.length];
    } else if (/^[1-9]$/.test(event.key)) {
      meant = items[Number(event.key) - 1];
      if (meant) onDigit(meant);
    } else if (event.key.length === 1 && event.key !== " " && !"+-".includes(event.key)) {
      const wanted = event.key.toLowerCase();
      const after = [...items.slice(here + 1), ...items.slice(0, here + 1)];
      meant = after.find((item) => (item.closest("label") || item).textContent.trim().toLowerCase().startsWith(wanted));
      if (!meant) return;
    } else {
      // Enter on a box would send the whole form.
      if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (meant) go(meant);
  });
}

// --- Boxes: symptoms, yes and no

for (const group of document.querySelectorAll("[data-choose]")) {
  walk(group, [...group.querySelectorAll("input[type=checkbox], input[type=radio]")], (item) => item.click());
}

// --- Sentences for the condition: each chip writes its sentence, or takes it out again

for (const group of document.querySelectorAll("[data-sentences]")) {
  const field = document.getElementById(group.dataset.sentences);
  const chips = [...group.querySelectorAll("button")];
  group.hidden = false;

  function press(chip) {
    const sentence = chip.dataset.sentence;
    const said = field.value;
    field.value = said.includes(sentence)
      ? said.replace(sentence, "").replace(/\s{2,}/g, " ").trim()
      : [said.trim(), sentence].filter(Boolean).join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function show() {
    for (const chip of chips) chip.setAttribute("aria-pressed", String(field.value.includes(chip.dataset.sentence)));
  }
  for (const chip of chips) chip.addEventListener("click", () => press(chip));
  field.addEventListener("input", show);
  walk(group, chips, press);
  show();
}

// --- Accessories: each chip fills a row, `+` and `-` count its pieces

for (const group of document.querySelectorAll("[data-accessories]")) {
  const more = group.querySelector("[data-accessory-more]");
  const usual = group.closest(".field-usual")?.querySelector("[data-usual]");
  const rows = () => [...group.querySelectorAll(".accessory")];
  const name = (row) => row.querySelectorAll("input")[0];
  const count = (row) => row.querySelectorAll("input")[1];

  function another() {
    const row = rows().at(-1).cloneNode(true);
    for (const input of row.querySelectorAll("input")) input.value = "";
    rows().at(-1).after(row);
    return row;
  }
  more.hidden = false;
  more.addEventListener("click", () => name(another()).focus());
  if (!usual) continue;

  const chips = [...usual.querySelectorAll("button")];
  const rowOf = (chip) => rows().find((row) => name(row).value.trim() === chip.dataset.accessory);

  function press(chip) {
    const row = rowOf(chip);
    if (row) {
      name(row).value = "";
      count(row).value = "";
    } else {
      const free = rows().find((each) => !name(each).value.trim()) || another();
      name(free).value = chip.dataset.accessory;
      count(free).value = "1";
    }
    show();
  }
  function show() {
    for (const chip of chips) {
      const row = rowOf(chip);
      chip.setAttribute("aria-pressed", String(Boolean(row)));
      const pieces = Number(row && count(row).value);
      chip.querySelector("[data-pieces]").textContent = pieces > 1 ? `×${pieces}` : "";
    }
  }
  for (const chip of chips) chip.addEventListener("click", () => press(chip));
  usual.addEventListener("keydown", (event) => {
    const chip = event.target.closest("button");
    if (!chip || !"+-".includes(event.key) || event.key.length !== 1) return;
    event.preventDefault();
    if (!rowOf(chip)) press(chip);
    else {
      const pieces = count(rowOf(chip));
      pieces.value = String(Math.max(1, (Number(pieces.value) || 1) + (event.key === "+" ? 1 : -1)));
      show();
    }
  });
  group.addEventListener("input", show);
  group.prepend(usual);
  usual.append(more);
  usual.hidden = false;
  // Who has the chips walks past the rows: they are there for what is not usual, and for the mouse.
  for (const row of rows()) for (const input of row.querySelectorAll("input")) input.tabIndex = input.value ? 0 : -1;
  walk(usual, [...chips, more], (item) => (item === more ? more.click() : press(item)));
  show();
}
