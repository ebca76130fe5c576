/** First of all in the frame of an HTML value: tells the page how high the content is and which scripts can't run. */
{
  const root = document.documentElement;
  root.style.fontSize = document.currentScript?.dataset.size ?? '';
  const tell = () => parent.postMessage({ height: root.offsetHeight }, '*');
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    if (effectiveDirective.startsWith('script-src')) parent.postMessage({ isKept: true }, '*');
  });
  // A frame out of sight draws nothing, and what observes sizes waits for that.
  addEventListener('DOMContentLoaded', tell);
  addEventListener('load', tell);
  new ResizeObserver(tell).observe(root);
}
