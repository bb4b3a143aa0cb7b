// A hand scanner is a keyboard that types very fast. What it reads anywhere is looked up; inside a form it fills the field
// and never sends it, because a scanner's Enter is no decision.
export const GAP_MS = 35; // scanners leave 1-20 ms between keys, the fastest typists 60
export const LENGTH_MIN = 6;

/** Tells a burst of keys by a machine from a person's typing. Times in ms, as `event.timeStamp`. */
export class Burst {
  constructor() {
    this.text = "";
    this.last = -Infinity;
  }
  /** Notes one printable key. */
  key(sign, at) {
    this.text = at - this.last <= GAP_MS ? this.text + sign : sign;
    this.last = at;
  }
  /** What was scanned, if the keys up to now were a scan that ends at this moment; then starts anew. */
  end(at) {
    const text = at - this.last <= GAP_MS * 2 && this.text.length >= LENGTH_MIN ? this.text : "";
    this.text = "";
    this.last = -Infinity;
    return text;
  }
}

export function isField(element) {
  return Boolean(element?.closest?.("input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]"));
}

// What is printed for the customer leads our own people to the job or the machine behind it, not to the customer's page.
const OF_CUSTOMERS = ["/t/", "/q/"];

/** Where a scan leads: our own link is followed, anything else is looked up. */
export function destination(text, origin = location.origin) {
  try {
    const url = new URL(text);
    const isOurs = url.origin === origin && !OF_CUSTOMERS.some((path) => url.pathname.startsWith(path));
    if (isOurs) return url.pathname + url.search;
    // What stands behind the mark proves a claim, and is nobody's business who only looks for the job.
    url.hash = "";
    return `/find?q=${encodeURIComponent(url.href)}`;
  } catch {
    // Not an address: a number or a serial.
  }
  return `/find?q=${encodeURIComponent(text)}`;
}

export function start() {
  if (!document.querySelector("form[data-scan]")) return;
  const burst = new Burst();
  let pending = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      clearTimeout(pending);
      const inField = isField(event.target);
      if (event.key === "Enter" || event.key === "Tab") {
        const text = burst.end(event.timeStamp);
        if (!text || event.target.closest?.("form[data-scan=submit]")) return;
        // A list that is scanned goes on in its next line, which sends nothing either.
        if (event.target.tagName === "TEXTAREA" && event.key === "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        if (inField) filled(event.target, text);
        else lead(text);
      } else if (event.key.length === 1) {
        burst.key(event.key, event.timeStamp);
        // Some scanners send no Enter: silence ends what they read.
        if (!inField) {
          pending = setTimeout(() => {
            const text = burst.end(burst.last);
            if (text) lead(text);
          }, GAP_MS * 4);
        }
      }
    },
    true,
  );
}

/** To the field of this page that waits for such a scan, or to the thing that was scanned. */
function lead(text) {
  const field = [...document.querySelectorAll("input[data-scan-takes]")].find((each) => text.includes(each.dataset.scanTakes));
  if (!field) {
    location.assign(destination(text));
    return;
  }
  field.value = text;
  filled(field, text);
}

function filled(field, text) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.dispatchEvent(new CustomEvent("scan", { bubbles: true, detail: { text } }));
  // What was scanned is entered; the hand goes on to what only a person can say.
  if (text.includes(field.dataset.scanTakes ?? "\0")) field.form?.elements[field.dataset.scanNext]?.focus();
}
