// What every page of the frame does in the browser. Each part works alone; a page without scripts still works.
import * as busy from "./busy.js";
import * as drafts from "./drafts.js";
import * as hotkeys from "./hotkeys.js";
import * as kept from "./kept.js";
import * as live from "./live.js";
import * as long from "./long.js";
import * as menus from "./menus.js";
import * as palette from "./palette.js";
import * as photos from "./photos.js";
import * as scan from "./scan.js";
import * as signature from "./signature.js";
import * as theme from "./theme.js";
import * as trouble from "./trouble.js";
import * as upload from "./upload.js";

theme.start();
menus.start();
scan.start();
hotkeys.start();
palette.start();
// What takes long first, then the upload: what one takes over is not also sent by the next, or the plain way.
long.start();
upload.start();
trouble.start();
busy.start();
kept.start();
drafts.start();
live.start();

// What scrolls sideways and holds nothing to press must be reached by the Tab key, or its end is never read without a mouse.
function reach() {
  for (const room of document.querySelectorAll(".table-room, pre")) {
    const isHidden = room.scrollWidth > room.clientWidth && !room.querySelector("a, button, input, select, summary");
    if (isHidden) room.tabIndex = 0;
    else room.removeAttribute("tabindex");
  }
}

function dress(root) {
  photos.start(root);
  signature.start(root);
  // A refused form puts the reader at what is wrong.
  root.querySelector("[data-focus]:not([data-shown] *)")?.focus({ preventScroll: false });
}

dress(document);
reach();
addEventListener("resize", reach);
document.addEventListener("htmx:load", (event) => {
  dress(event.detail.elt.parentElement || document);
  reach();
});
