// Keeps an open page in step with the site that is being written.
//
// `pyfence serve` adds this script to the pages that it serves; built sites don't have it.

/** @typedef {{ version: number, error: string | null }} News */

/** @type {EventSource | undefined} */
let source;
/** The build that this page comes from. @type {number | undefined} */
let version;
/** @type {HTMLElement | undefined} */
let panel;

function listen() {
  if (source) return;
  source = new EventSource("/__pyfence/live");
  source.onmessage = (event) => {
    /** @type {News} */
    const news = JSON.parse(event.data);
    if (news.error !== null) show(news.error);
    else if (version !== undefined && news.version !== version) location.reload();
    version ??= news.version;
  };
}

// A browser holds few connections to one server: pages that nobody looks at give theirs back.
function hangUp() {
  source?.close();
  source = undefined;
}

/** @param {string} error */
function show(error) {
  // The page of a site that was never built says it already.
  if (document.documentElement.dataset.pyfence === "error") return;
  panel ??= makePanel();
  const text = panel.querySelector("pre");
  if (text) text.textContent = error;
  document.body.append(panel);
}

function makePanel() {
  const panel = document.createElement("section");
  panel.setAttribute("role", "alert");
  panel.setAttribute("aria-label", "The site can't be built");
  Object.assign(panel.style, {
    position: "fixed",
    inset: "auto 0 0",
    zIndex: "2147483647",
    maxHeight: "60vh",
    overflow: "auto",
    boxSizing: "border-box",
    padding: "1rem 1.25rem",
    borderTop: "3px solid #e5484d",
    color: "#f5eeee",
    background: "#241516",
    boxShadow: "0 -0.5rem 2rem rgb(0 0 0 / 35%)",
  });
  const text = document.createElement("pre");
  Object.assign(text.style, {
    margin: "0",
    padding: "0",
    color: "inherit",
    background: "none",
    font: "0.875rem/1.45 ui-monospace, Menlo, Consolas, monospace",
    whiteSpace: "pre",
  });
  panel.append(text);
  return panel;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) hangUp();
  else listen();
});
addEventListener("pagehide", hangUp);
addEventListener("pageshow", listen);
listen();
