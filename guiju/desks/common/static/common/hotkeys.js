// Keys for those with a queue in front of them: whatever has data-hotkey can be reached by that key, and `?` lists them all.
import { GAP_MS, isField } from "./scan.js";

const WANTED = "single-keys";

function wanted() {
  try {
    return localStorage.getItem(WANTED) !== "off";
  } catch {
    return true;
  }
}

function nameOf(element) {
  const said = element.dataset.hotkeyName || element.getAttribute("aria-label");
  if (said) return said;
  const words = element.cloneNode(true);
  for (const cap of words.querySelectorAll("kbd")) cap.remove();
  return words.textContent.trim();
}

function isShown(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

function act(element) {
  if (isField(element)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function listKeys(sheet) {
  const rows = sheet.querySelector("[data-keys]");
  for (const old of rows.querySelectorAll("[data-listed]")) old.remove();
  for (const element of document.querySelectorAll("[data-hotkey]")) {
    if (!isShown(element)) continue;
    const row = document.createElement("tr");
    row.dataset.listed = "";
    const name = document.createElement("td");
    name.textContent = nameOf(element);
    const key = document.createElement("td");
    const cap = document.createElement("kbd");
    cap.textContent = element.dataset.hotkey;
    key.append(cap);
    row.append(name, key);
    rows.prepend(row);
  }
}

export function start() {
  const sheet = document.getElementById("keys");
  const switched = sheet?.querySelector("[data-keys-wanted]");
  if (switched) {
    switched.checked = wanted();
    switched.addEventListener("change", () => {
      try {
        localStorage.setItem(WANTED, switched.checked ? "on" : "off");
      } catch {
        // Without storage the choice cannot be kept.
      }
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-opens=keys]")) listKeys(sheet);
    });
  }
  let waiting = 0;
  document.addEventListener("keydown", (event) => {
    // Another key so soon means a scanner: its letters are no commands.
    clearTimeout(waiting);
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      // What one looked at last may be gone, drawn anew: the page's own form is meant then.
      (event.target.closest?.("form") || document.querySelector("form[data-send]"))?.requestSubmit();
      return;
    }
    if (event.key === "Escape" && isField(event.target)) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || document.querySelector("dialog[open]") || !wanted()) return;
    const element = [...document.querySelectorAll("[data-hotkey]")].find((one) => one.dataset.hotkey === event.key && isShown(one));
    if (!element && event.key !== "?") return;
    event.preventDefault();
    waiting = setTimeout(() => {
      if (element) {
        act(element);
      } else if (sheet) {
        listKeys(sheet);
        sheet.showModal();
      }
    }, GAP_MS + 5);
  });
}
