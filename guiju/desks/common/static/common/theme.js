// Light, dark, or as the device: the choice stays in this browser.
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");

function show(choice) {
  const dark = choice === "dark" || (choice !== "light" && device.matches);
  root.dataset.bsTheme = dark ? "dark" : "light";
  root.dataset.themeChoice = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    if (button !== root) button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

export function start() {
  for (const menu of document.querySelectorAll("[data-theme-menu]")) menu.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset.themeChoice;
    try {
      localStorage.setItem("theme", choice);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show(choice);
    button.closest("details")?.removeAttribute("open");
  });
  device.addEventListener("change", () => show(root.dataset.themeChoice || "auto"));
  show(root.dataset.themeChoice || "auto");
}
