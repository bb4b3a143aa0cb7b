// The final test: while a value is typed, words and a sign beside it say whether it is within the limits. The server judges.

// A comma is a decimal point to half the world, and some type it with the input method's own digits.
function figure(text) {
  const plain = text.normalize("NFKC").trim().replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

function verdict(field) {
  const value = figure(field.value);
  if (Number.isNaN(value)) return "is-no-figure";
  if (field.dataset.low !== undefined && value < Number(field.dataset.low)) return "is-below";
  if (field.dataset.high !== undefined && value > Number(field.dataset.high)) return "is-above";
  return "is-within";
}

function judge(field) {
  const output = field.closest(".reading")?.querySelector("output");
  if (!output) return;
  output.hidden = field.value.trim() === "";
  const found = verdict(field);
  for (const said of output.children) said.hidden = !said.classList.contains(found);
}

for (const field of document.querySelectorAll("[data-limits]")) {
  field.addEventListener("input", () => judge(field));
  field.addEventListener("change", () => judge(field));
  judge(field);
}

for (const quick of document.querySelectorAll("[data-quick]")) {
  const field = document.getElementById(quick.dataset.quick);
  quick.hidden = false;
  quick.addEventListener("click", (event) => {
    const text = event.target.closest("button")?.textContent;
    if (!text || field.value.split("\n").includes(text)) return;
    field.value = [field.value.trimEnd(), text].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
