import { panelAttribute } from './shieldEvents.js';

/**
 * Keeps `host` operable: a modal dialog makes everything outside of it inert, so the host is moved into the
 * topmost one and back to the body; and it is shown in the top layer, above the dialog and not clipped by it. Other
 * modals hide the rest of the page by attributes, which are removed. Returns a function that removes the host.
 */
export function keepOnTop(host: HTMLElement): () => void {
  host.setAttribute(panelAttribute, '');
  // React Aria does not count a press in it as one outside.
  host.setAttribute('data-react-aria-top-layer', 'true');
  if ('showPopover' in host) host.setAttribute('popover', 'manual');
  let modals: readonly Element[] = [];

  function place(): void {
    const open = openModals();
    const isNew = open.some((modal) => !modals.includes(modal));
    // In the order in which they were opened.
    modals = [...modals, ...open].filter((each, index, all) => {
      return open.includes(each) && all.indexOf(each) === index;
    });
    unhide(host);
    const parent = modals.at(-1) ?? document.body;
    const isMoved = host.parentNode !== parent;
    if (isMoved) move(host, parent);
    if (isMoved || isNew || !isShown(host)) show(host);
  }

  place();
  const observer = new MutationObserver(place);
  const attributeFilter = ['open', 'inert', 'aria-hidden', 'popover'];
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter });
  return () => {
    observer.disconnect();
    host.remove();
  };
}

/**
 * Radix hides the parts of a host that has a live region (the counters have the attribute), and marks them. The
 * timeline hides its picture itself.
 */
function unhide(host: HTMLElement): void {
  const marked = host.querySelectorAll('[data-aria-hidden][aria-hidden]');
  const parts = [...marked].filter((part) => !part.closest('.sc-timeline'));
  for (const part of [host, ...parts]) {
    part.removeAttribute('inert');
    part.removeAttribute('aria-hidden');
  }
}

function openModals(): Element[] {
  try {
    return [...document.querySelectorAll('dialog:modal')];
  } catch {
    // An old browser has no `:modal`, and then no `popover` either.
    return [];
  }
}

/** With `moveBefore()` the host keeps its scroll positions and the focus. */
function move(host: HTMLElement, parent: Element): void {
  const { moveBefore } = parent as { moveBefore?: (node: Node, before: null) => void };
  if (moveBefore && host.isConnected) moveBefore.call(parent, host, null);
  else parent.append(host);
}

function isShown(host: HTMLElement): boolean {
  return !('showPopover' in host) || host.matches(':popover-open');
}

/** Shown again, it is above what has been shown since. */
function show(host: HTMLElement): void {
  if (!('showPopover' in host)) return;
  if (host.matches(':popover-open')) host.hidePopover();
  host.showPopover();
}
