// Cash at the counter: touch a note or type, and see the change at once. The receipt shows what the server worked out.
const tender = document.querySelector("[data-tender]");
const form = tender?.closest("form");

// Minor units as an integer: a sum of money is never a fraction of a cent.
function minor(text, digits) {
  const plain = text.normalize("NFKC").replace(/[^\d.]/g, "");
  if (!/^\d+(\.\d*)?$/.test(plain)) return null;
  const [whole, part = ""] = plain.split(".");
  return part.length > digits ? null : BigInt(whole + part.padEnd(digits, "0"));
}

// Cash that pays the last of a bill, to the smallest coin, half of it up: as the server rounds it.
function rounded(amount, step) {
  return step > 1n ? ((2n * amount + step) / (2n * step)) * step : amount;
}

if (form) {
  const given = form.elements.tendered_minor;
  const amount = form.elements.amount_minor;
  const output = tender.querySelector("output");
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: tender.dataset.currency, currencyDisplay: "narrowSymbol" });
  const digits = money.resolvedOptions().maximumFractionDigits;
  const coins = tender.querySelector("[data-coins]");
  const worths = tender.dataset.worths.split(" ").map(BigInt);
  const notes = [...tender.querySelectorAll("[data-note]")];
  const said = (worth) => money.format(Number(worth) / 10 ** digits);
  // The fewest notes and coins, the largest first: as they are taken out of the drawer.
  const fewest = (left) =>
    worths
      .map((worth) => {
        const count = left / worth;
        left %= worth;
        return count ? `${count} × ${said(worth)}` : "";
      })
      .filter(Boolean)
      .join(", ");
  const write = () => {
    const isCash = (form.elements.method.value || "CASH") === "CASH";
    tender.hidden = !isCash;
    const [there, typed] = [minor(given.value, digits), minor(amount.value, digits)];
    const asked = typed !== null && typed === BigInt(tender.dataset.owed) ? rounded(typed, BigInt(tender.dataset.step)) : typed;
    const change = there === null || asked === null ? null : there - asked;
    output.textContent = change === null || change < 0n ? "—" : said(change);
    coins.textContent = change === null || change <= 0n ? "" : fewest(change);
  };
  const give = (note) => {
    given.value = note.dataset.note;
    write();
    form.dispatchEvent(new Event("given"));
    given.focus();
  };
  tender.addEventListener("click", (event) => {
    const note = event.target.closest("[data-note]");
    if (!note) return;
    give(note);
  });
  // By keys alone: the arrows go through what is likely, and Enter takes it.
  given.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || tender.hidden) return;
    event.preventDefault();
    const at = notes.findIndex((note) => note.dataset.note === given.value);
    give(notes[(at + step + notes.length + (at < 0 && step < 0 ? 1 : 0)) % notes.length]);
  });
  form.addEventListener("input", write);
  form.addEventListener("change", write);
  write();
}
