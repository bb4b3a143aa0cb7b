// Choosing rows of a list by hand: x on the row that one is on, Shift for all between, one box for the page.
import { isField } from "./scan.js";

for (const listing of document.querySelectorAll("[data-listing]")) {
  const boxes = [...listing.querySelectorAll("input[name=chosen]")];
  const all = listing.querySelector("[data-chooses-all]");
  const count = listing.querySelector("[data-chosen-count]");
  const words = count?.textContent;
  let last = -1;

  const everything = listing.querySelector("[data-everything]");

  const tell = () => {
    const many = boxes.filter((box) => box.checked).length || Number(everything?.checked ?? 0);
    if (all) {
      all.checked = many > 0 && many === boxes.length;
      all.indeterminate = many > 0 && many < boxes.length;
    }
    if (count) count.textContent = many && !everything?.checked ? `${words} ${many}` : words;
    listing.querySelector("[data-acts]")?.classList.toggle("is-asked", many > 0);
  };

  const tick = (index, on, reach) => {
    const [first, end] = reach && last >= 0 ? [Math.min(last, index), Math.max(last, index)] : [index, index];
    for (let each = first; each <= end; each += 1) boxes[each].checked = on;
    last = index;
    tell();
  };

  boxes.forEach((box, index) => {
    box.addEventListener("click", (event) => tick(index, box.checked, event.shiftKey));
  });
  everything?.addEventListener("change", tell);
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      tell();
    });
  }

  // The row that one is on: the one with the focus, else the one under the mouse.
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isField(event.target) && event.target.type !== "checkbox") return;
    const row = event.target.closest?.("tr") || listing.querySelector("tbody tr:hover");
    const index = boxes.findIndex((box) => row?.contains(box));
    if (index < 0) return;
    event.preventDefault();
    tick(index, !boxes[index].checked, event.shiftKey);
  });
  tell();
}
