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

if (form) {
  const given = form.elements.tendered_minor;
  const amount = form.elements.amount_minor;
  const output = tender.querySelector("output");
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: tender.dataset.currency, currencyDisplay: "narrowSymbol" });
  const digits = money.resolvedOptions().maximumFractionDigits;
  const write = () => {
    const isCash = (form.elements.method.value || "CASH") === "CASH";
    tender.hidden = !isCash;
    const [there, asked] = [minor(given.value, digits), minor(amount.value, digits)];
    const change = there === null || asked === null ? null : there - asked;
    output.textContent = change === null || change < 0n ? "—" : money.format(Number(change) / 10 ** digits);
  };
  tender.addEventListener("click", (event) => {
    const note = event.target.closest("[data-note]");
    if (!note) return;
    given.value = note.dataset.note;
    write();
    // Enter takes it.
    given.focus();
  });
  form.addEventListener("input", write);
  form.addEventListener("change", write);
  write();
}
