// @ts-check

/** Runs in each page: records the texts of live regions, refused styles, and animations. */
export function recordPage() {
  const record = /** @type {Window['record']} */ ({ spoken: [], refused: [], animations: 0 });
  window.record = record;
  const texts = new WeakMap();
  const live = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]';
  const observer = new MutationObserver(() => {
    for (const element of document.querySelectorAll(live)) {
      const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (texts.get(element) === text) continue;
      texts.set(element, text);
      const by = element.getAttribute('role') ?? element.getAttribute('aria-live') ?? '';
      if (text) record.spoken.push({ at: Date.now(), by, text });
    }
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    record.refused.push(event.effectiveDirective);
  });
  for (const type of ['transitionrun', 'animationstart']) {
    document.addEventListener(type, () => record.animations++, true);
  }
}
