// The button that turns the page light or dark. A choice that differs from the
// system's is kept in html[data-theme] and remembered; choosing what the system
// says anyway forgets it, so that the page follows the system again.

const KEY = "lesson-theme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** @returns {boolean} */
function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

/** @param {boolean} dark */
function choose(dark) {
  const chosen = dark ? "dark" : "light";
  if (dark === system.matches) {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = chosen;
  }
  try {
    if (dark === system.matches) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, chosen);
    }
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}

for (const button of document.querySelectorAll("button.toggle")) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    choose(!isDark());
    show();
  });
  system.addEventListener("change", show);
  show();
  button.removeAttribute("hidden");
}
