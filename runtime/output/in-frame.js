/**
 * Runs first in the frame of an HTML value: posts the height of the content to the page, and whether the page's
 * Content-Security-Policy blocked a script of the value.
 */
{
  const root = document.documentElement;
  root.style.fontSize = document.currentScript?.dataset.size ?? '';

  /**
   * Whether all content is there and has boxes: content that fills the frame has no height before. Chromium lays a frame
   * out only when the page has given it a size, on a busy machine after its load event.
   */
  let isLaidOut = false;
  /** Whether the content has no height of its own. */
  let isFilling = false;
  let posted = 0;
  /** By how much the content grew when the frame did. */
  let growth = 0;
  let width = innerWidth;
  const contentHeight = () => root.offsetHeight + innerHeight - root.clientHeight;
  const hasContent = () => [...document.body.querySelectorAll('*')].some((element) => element.getClientRects().length > 0);
  const postHeight = () => {
    isLaidOut ||= root.offsetWidth > 0 && document.readyState !== 'loading';
    if (!isLaidOut) return parent.postMessage({}, '*');
    if (!isFilling) posted = contentHeight() - growth;
    if (posted === 0 && hasContent()) {
      // Content that fills its frame or is out of the flow gets a fixed height, of twenty lines.
      isFilling = true;
      root.dataset.filled = '';
      posted = 20 * parseFloat(getComputedStyle(root).fontSize);
    }
    parent.postMessage({ height: posted }, '*');
  };
  addEventListener('resize', () => {
    // Content as high as the frame and a bit more (100vh and a margin) would make both grow for ever.
    growth = isLaidOut && innerWidth === width ? Math.max(growth, contentHeight() - posted) : 0;
    width = innerWidth;
    if (!isLaidOut) postHeight();
  });
  addEventListener('DOMContentLoaded', () => {
    // A ResizeObserver says nothing in a frame out of sight: Chromium throttles those of another origin
    // (https://learn.microsoft.com/en-us/deployedge/edge-learnmore-iframe-throttling-display).
    postHeight();
    new ResizeObserver(postHeight).observe(root);
  });
  addEventListener('load', postHeight);

  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective.startsWith('script-src')) parent.postMessage({ isScriptBlocked: true }, '*');
  });

  // Links open a new tab (`<base target>`), but those to a place in the value lead there.
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    document.getElementById(decodeURIComponent(link.getAttribute('href')?.slice(1) ?? ''))?.scrollIntoView();
  });
}
