/** First of all in the frame of an HTML value: tells the page how high the content is and which scripts can't run. */
{
  const root = document.documentElement;
  root.style.fontSize = document.currentScript?.dataset.size ?? '';

  let isLaidOut = false;
  let isFilled = false;
  let told = 0;
  let excess = 0;
  let width = innerWidth;
  const measured = () => root.offsetHeight + innerHeight - root.clientHeight;
  const isThere = () => [...document.body.querySelectorAll('*')].some((element) => element.getClientRects().length > 0);
  const tell = () => {
    isLaidOut ||= innerHeight > 0;
    // Before the page gives the frame its first height there's none that content could fill.
    if (!isLaidOut) return parent.postMessage({}, '*');
    if (!isFilled) told = measured() - excess;
    if (told === 0 && isThere()) {
      // What fills its frame, or stands outside the flow, has no height of its own: it keeps one of ours.
      isFilled = true;
      root.dataset.filled = '';
      told = 20 * parseFloat(getComputedStyle(root).fontSize);
    }
    parent.postMessage({ height: told }, '*');
  };
  addEventListener('resize', () => {
    // What grows with its frame would never come to an end.
    excess = innerWidth === width ? Math.max(excess, measured() - told) : 0;
    width = innerWidth;
    if (!isLaidOut) tell();
  });
  addEventListener('DOMContentLoaded', () => {
    // A frame out of sight draws nothing, and what observes sizes waits for that.
    tell();
    new ResizeObserver(tell).observe(root);
  });
  addEventListener('load', tell);

  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective.startsWith('script-src')) parent.postMessage({ isKept: true }, '*');
  });

  // Links lead to a new tab, but not those to a place in the value.
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    document.getElementById(decodeURIComponent(link.getAttribute('href')?.slice(1) ?? ''))?.scrollIntoView();
  });
}
