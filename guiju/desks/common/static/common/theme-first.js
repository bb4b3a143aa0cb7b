// Runs before the first paint, so that a dark page never flashes white. A file, because the policy forbids inline scripts.
(function () {
  "use strict";
  var choice = "auto";
  try {
    choice = localStorage.getItem("theme") || "auto";
  } catch (refused) {
    // Storage is switched off in this browser: follow the device.
  }
  var dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  document.documentElement.dataset.themeChoice = choice;
  document.documentElement.classList.add("scripted");
})();
