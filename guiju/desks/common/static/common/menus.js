// Menus are <details>, sheets are <dialog>: they work by themselves; this closes them as people expect.
export function start() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const sheet = document.getElementById(opener.dataset.opens);
      if (sheet instanceof HTMLDialogElement && !sheet.open) {
        event.preventDefault();
        sheet.showModal();
      }
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
    // A click on the shade around a sheet closes it.
    if (event.target instanceof HTMLDialogElement) event.target.close();
    fill(event.target.closest("[data-fills]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open]") || document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // One menu at a time, also when opened by keyboard.
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.("details.menu[open]")) return;
      for (const other of document.querySelectorAll("details.menu[open]")) {
        if (other !== event.target && !other.contains(event.target)) other.open = false;
      }
    },
    true,
  );
}

function fill(button) {
  if (!button) return;
  const field = document.getElementById(button.dataset.fills);
  const also = document.getElementById(button.dataset.fillsAlso || "");
  if (field) field.value = button.dataset.value;
  if (also) also.value = button.dataset.also;
  (also || field)?.form?.querySelector("button:not([type=button])")?.focus();
}
