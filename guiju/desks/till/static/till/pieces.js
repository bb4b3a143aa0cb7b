// Notes and coins: what they make together is written beside them as they are typed. The server counts for itself.
for (const group of document.querySelectorAll("[data-pieces]")) {
  const sum = group.querySelector("[data-pieces-sum]");
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: group.dataset.currency, currencyDisplay: "narrowSymbol" });
  const scale = 10 ** money.resolvedOptions().maximumFractionDigits;
  const boxes = [...group.querySelectorAll("[data-worth]")];
  const write = () => {
    const total = boxes.reduce((so, box) => so + Number(box.dataset.worth) * (Number.parseInt(box.value.normalize("NFKC"), 10) || 0), 0);
    sum.textContent = money.format(total / scale);
  };
  group.addEventListener("input", write);
  // Enter goes to the next note; at the last one it sends, as everywhere.
  group.addEventListener("keydown", (event) => {
    const next = boxes[boxes.indexOf(event.target) + 1];
    if (event.key !== "Enter" || !next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
  write();
}
