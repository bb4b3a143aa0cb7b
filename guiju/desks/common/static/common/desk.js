// What every page of the frame does in the browser. Each part works alone; a page without scripts still works.
import * as busy from "./busy.js";
import * as hotkeys from "./hotkeys.js";
import * as live from "./live.js";
import * as menus from "./menus.js";
import * as palette from "./palette.js";
import * as photos from "./photos.js";
import * as scan from "./scan.js";
import * as signature from "./signature.js";
import * as theme from "./theme.js";
import * as upload from "./upload.js";

theme.start();
menus.start();
scan.start();
hotkeys.start();
palette.start();
// The upload first: what it takes over is not also sent the plain way.
upload.start();
busy.start();
live.start();

function dress(root) {
  photos.start(root);
  signature.start(root);
  // A refused form puts the reader at what is wrong.
  root.querySelector("[data-focus]:not([data-shown] *)")?.focus({ preventScroll: false });
}

dress(document);
document.addEventListener("htmx:load", (event) => dress(event.detail.elt.parentElement || document));
