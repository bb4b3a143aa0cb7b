// Lines of a quote that may be left out: the sum of what is ticked, written wherever it stands (data-total) and sent with
// each form. The server reckons again and asks once more where the two differ, so nothing here is believed.

// The discount was given for the whole: each line takes its share with it, rounded down, never below the list (PRC-1).
function totalOf(boxes, figures) {
  const kept = boxes.filter((box) => box.checked);
  const sum = (name) => kept.reduce((before, box) => before + BigInt(box.dataset[name]), BigInt(figures[name]));
  const [amount, least, all] = [sum("amount"), sum("least"), BigInt(figures.all)];
  const share = all ? BigInt(figures.discount) * amount / all : 0n;
  return amount - (share < amount - least ? share : amount - least);
}

function moneyIn(currency) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const digits = format.resolvedOptions().maximumFractionDigits;
  return (minor) => format.format(Number(minor) / 10 ** digits);
}

for (const choosing of document.querySelectorAll("[data-choosing]")) {
  const boxes = [...choosing.querySelectorAll("input[name=kept]")];
  const money = moneyIn(choosing.dataset.currency);
  const sent = choosing.querySelector("[name=seen_minor]");
  const shown = [...document.querySelectorAll("[data-total]")];
  const output = choosing.querySelector("[data-total]");
  choosing.querySelector("[data-recount]")?.remove();
  const write = () => {
    const total = totalOf(boxes, choosing.dataset);
    const before = output.textContent;
    sent.value = total;
    for (const place of shown) place.textContent = place.textContent.replace(before, () => money(total));
    for (const copy of document.querySelectorAll("[data-chosen-again]")) {
      copy.querySelector("[name=seen_minor]").value = total;
      copy.querySelectorAll("[name=kept]").forEach((hidden) => hidden.remove());
      for (const box of boxes.filter((each) => each.checked)) {
        copy.append(Object.assign(document.createElement("input"), { type: "hidden", name: "kept", value: box.value }));
      }
    }
  };
  // A browser that comes back keeps the ticks and forgets the sum.
  if (boxes.some((box) => box.checked !== box.defaultChecked)) write();
  choosing.addEventListener("change", write);
}
