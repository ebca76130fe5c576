// Runs before the first paint, so that a page never flashes in colours the
// reader has chosen against. Everything else about the choice is in toggle.js.
try {
  const chosen = localStorage.getItem("lesson-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // No storage: the page follows the system.
}
