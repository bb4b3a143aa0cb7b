// Shows, beside the price, what the chosen thing may cost; without scripts the range stands in the list itself.
document.addEventListener("change", (event) => {
  const choice = event.target;
  if (!choice.matches?.("select[data-prices]")) return;
  const hint = document.getElementById(`${choice.id.replace("what_", "price_")}_helptext`);
  if (hint) hint.textContent = choice.selectedOptions[0]?.dataset.range ?? "";
});
