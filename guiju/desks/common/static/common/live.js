// Parts marked data-live (each with an id) are drawn again when something has happened; nothing else on the page moves.
// Needs on <body>: data-live-at, the address that tells the mark of the last deed.

const EVERY_MS = 5000;
let mark = "";
let isAsking = false;

/** Whether it is not any more as the page brought it. */
function isTouched(field) {
  if (field.type === "hidden") return false;
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.type === "select-one") return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
  return field.value !== (field.defaultValue ?? field.value);
}

// What somebody is typing in, or has begun to fill in or to sign, is left alone.
function isBusy(part) {
  return part.contains(document.activeElement) && document.activeElement !== document.body
    || [...part.querySelectorAll("input, textarea, select")].some(isTouched)
    || part.querySelector("dialog[open], details[open], .is-signed") !== null;
}

async function draw() {
  const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    // A question with its form is not patched: where another one stands there now, the whole page is opened anew.
    if (next && part.dataset.liveKey !== undefined) {
      if (part.dataset.liveKey !== next.dataset.liveKey && !isBusy(part)) location.reload();
      continue;
    }
    if (!next || isBusy(part) || next.innerHTML === part.innerHTML) continue;
    const known = new Set([...part.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")));
    const adopted = document.adoptNode(next);
    part.replaceWith(adopted);
    if (adopted.dataset.live !== "quiet") {
      for (const link of adopted.querySelectorAll("a[href]")) {
        if (!known.has(link.getAttribute("href"))) link.closest("li, tr")?.classList.add("is-new");
      }
    }
    window.htmx?.process(adopted);
  }
}

async function ask() {
  if (document.hidden || isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(`${document.body.dataset.liveAt}?since=${mark}`, { headers: { Accept: "application/json" } });
    if (answer.status === 200 && !answer.redirected) {
      const isFirst = mark === "";
      mark = (await answer.json()).mark;
      if (!isFirst) await draw();
    }
  } catch {
    // The network is away for a moment: the next time tells.
  } finally {
    isAsking = false;
  }
}

export function start() {
  if (!document.body.dataset.liveAt || !document.querySelector("[data-live]:not([data-live='quiet'])")) return;
  ask();
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
}
