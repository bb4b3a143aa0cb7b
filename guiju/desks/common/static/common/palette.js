// Ctrl-K: one line in which one types where to go, what to do here, or what to find. A combobox with a list (WAI-ARIA).
import { says } from "./says.js";
import { destination } from "./scan.js";

const ASK_AFTER_MS = 180;
const TEXT_MIN = 2;
const LATELY = "lately";
const LATELY_MAX = 8;
// A document of the house, as it stands in its address: nothing else of a page is remembered.
const NUMBER = /\/([A-Z]{2,4}-[A-Z0-9-]*\d[A-Z0-9-]*)\//i;

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(LATELY) || "[]");
  } catch {
    return [];
  }
}

/** Keeps the number and the address of the document that is open: no name, no title, and only until somebody signs out. */
function remember() {
  const number = NUMBER.exec(location.pathname)?.[1];
  if (!number) return;
  try {
    const others = remembered().filter((page) => page.path !== location.pathname);
    localStorage.setItem(LATELY, JSON.stringify([{ path: location.pathname, number }, ...others].slice(0, LATELY_MAX)));
  } catch {
    // Without storage nothing is remembered.
  }
}

const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

function isShown(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("[role=listbox]");
    this.said = dialog.querySelector("[role=status]");
    this.model = dialog.querySelector("template:not([data-house])").content.firstElementChild;
    this.ways = null;
    this.found = [];
    this.waiting = 0;
    this.asked = 0;
    this.listen();
  }

  listen() {
    this.field.addEventListener("input", () => this.sift());
    this.field.addEventListener("scan", (event) => location.assign(destination(event.detail.text)));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.list.addEventListener("mousemove", (event) => {
      const line = event.target.closest("[role=option]");
      if (line) this.mark(line, false);
    });
  }

  async open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.field.value = "";
    this.found = [];
    this.here = this.acts();
    this.field.focus();
    this.sift();
    if (!this.ways) {
      const answer = await fetch(this.dialog.dataset.from);
      this.ways = answer.ok && !answer.redirected ? this.read(await answer.text()) : [];
      this.sift();
    }
  }

  read(html) {
    return [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[role=group]")].map((group) => document.adoptNode(group));
  }

  group(name, lines) {
    if (!lines.length) return [];
    const group = document.createElement("div");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", name);
    const head = document.createElement("p");
    head.className = "palette-group";
    head.setAttribute("aria-hidden", "true");
    head.textContent = name;
    group.append(head, ...lines);
    return [group];
  }

  line(words, key = "") {
    const line = this.model.cloneNode(true);
    line.querySelector(".row-main").textContent = words;
    line.querySelector("kbd").textContent = key;
    if (!key) line.querySelector("kbd").remove();
    return line;
  }

  /** What can be done on the page below: whatever has a key there, and the buttons at its head. */
  acts() {
    const all = [...document.querySelectorAll("main [data-hotkey], .page-actions :is(a, button, summary)")];
    return all
      .filter((one) => isShown(one) && !one.closest("dialog"))
      .map((one) => {
        const words = one.cloneNode(true);
        for (const cap of words.querySelectorAll("kbd, svg")) cap.remove();
        const line = this.line(one.dataset.hotkeyName || words.textContent.trim() || one.getAttribute("aria-label") || one.placeholder || "", one.dataset.hotkey);
        line.act = one;
        return line;
      })
      .filter((line) => line.querySelector(".row-main").textContent);
  }

  lately() {
    return remembered()
      .filter((page) => page.path !== location.pathname)
      .map((page) => {
        const line = this.line(page.number);
        line.dataset.goes = page.path;
        return line;
      });
  }

  sift() {
    const text = this.field.value.trim();
    const house = [...this.dialog.querySelector("[data-house]").content.cloneNode(true).children];
    const own = [...this.group(says("here"), this.here), ...this.group(says("lately"), this.lately()), ...(this.ways || []).map((group) => group.cloneNode(true)), ...house];
    const words = fold(text).split(/\s+/).filter(Boolean);
    for (const group of own) {
      for (const line of group.querySelectorAll("[role=option]")) {
        if (!words.every((word) => fold(line.textContent).includes(word))) line.remove();
      }
    }
    this.show([...own.filter((group) => group.querySelector("[role=option]")), ...(text.length < TEXT_MIN ? [] : this.found)]);
    clearTimeout(this.waiting);
    if (text.length >= TEXT_MIN) this.waiting = setTimeout(() => this.ask(text), ASK_AFTER_MS);
  }

  async ask(text) {
    const asked = ++this.asked;
    try {
      const answer = await fetch(`${this.dialog.dataset.from}?q=${encodeURIComponent(text)}`);
      if (asked !== this.asked || !answer.ok || answer.redirected || this.field.value.trim() !== text) return;
      const isMarked = this.marked?.dataset.goes;
      for (const group of this.found) group.remove();
      this.found = this.read(await answer.text());
      this.show([...this.list.children, ...this.found], isMarked);
    } catch {
      // The network is away for a moment: the pages of the house are still listed.
    }
  }

  show(groups, marked = "") {
    this.list.replaceChildren(...groups);
    const lines = this.lines();
    lines.forEach((line, at) => (line.id = `palette-line-${at}`));
    this.list.hidden = !lines.length;
    this.field.setAttribute("aria-expanded", String(lines.length > 0));
    this.said.textContent = lines.length ? says("found", { count: lines.length }) : says("nothing");
    this.mark(lines.find((line) => marked && line.dataset.goes === marked) || lines[0]);
  }

  lines() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  mark(line, isScrolled = true) {
    this.marked?.setAttribute("aria-selected", "false");
    this.marked = line;
    if (!line) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    line.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", line.id);
    if (isScrolled) line.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const lines = this.lines();
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && lines.length) {
      event.preventDefault();
      this.mark(lines[(lines.indexOf(this.marked) + steps[event.key] + lines.length) % lines.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.marked);
    }
  }

  take(line) {
    if (!line) return;
    this.dialog.close();
    if (line.dataset.goes) {
      location.assign(line.dataset.goes);
      return;
    }
    const act = line.act || document.querySelector(line.dataset.presses);
    if (act?.matches("input, textarea, select")) act.focus();
    else act?.click();
  }
}

export function start() {
  const dialog = document.getElementById("palette");
  if (!dialog) {
    // The page of somebody who has signed out, or not yet in.
    try {
      localStorage.removeItem(LATELY);
    } catch {
      // Nothing was kept.
    }
    return;
  }
  remember();
  const palette = new Palette(dialog);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const other = document.querySelector("dialog[open]");
    if (other && other !== dialog) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else palette.open();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.("[data-opens=palette]")) return;
      event.preventDefault();
      event.stopPropagation();
      palette.open();
    },
    true,
  );
}
