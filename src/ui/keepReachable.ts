/** The open modals of the app, but for those behind another one. */
export const otherModals: string =
  ':is([role$=dialog], dialog[open]):not(.sc-dialog, .sc-dialog *, [aria-hidden=true] *)';
/** What Radix has hidden around a live region in the dialog. The app may hide parts of its own content there. */
const hiddenByRadix = '.sc-dialog [data-aria-hidden]';

/**
 * Keeps an open dialog reachable above the other modals of the page. They hide what is outside of them from screen
 * readers, such as the part of the page that contains the dialog (MUI, Radix, Headless UI), or make the dialog
 * itself inert (React Aria). A native modal dialog that the app opens later would cover it. Returns a function
 * that ends this.
 */
export function keepReachable(dialog: HTMLDialogElement): () => void {
  const shown = new Set<Element>();
  const show = (element: Element): void => {
    if (element.ariaHidden !== 'true') return;
    // Not removed: if the other modal closes first, it removes the attribute, and it is not set again below.
    element.ariaHidden = 'false';
    shown.add(element);
  };
  for (let element: Element | null = dialog; element; element = element.parentElement)
    show(element);
  const observer = new MutationObserver((changes) => {
    // An inert ancestor does not matter: a modal dialog is only inert by its own attribute.
    dialog.inert = false;
    for (const { target, attributeName } of changes as (MutationRecord & { target: Element })[]) {
      if (attributeName === 'open') raiseAbove(target, dialog);
      else if (target.contains(dialog) || target.matches(hiddenByRadix)) show(target);
    }
  });
  const attributeFilter = ['aria-hidden', 'inert', 'open'];
  observer.observe(document, { subtree: true, attributeFilter });
  return () => {
    observer.disconnect();
    for (const element of shown) if (element.ariaHidden === 'false') element.ariaHidden = 'true';
  };
}

/** The last modal dialog that is opened is the top one. */
function raiseAbove(other: Element, dialog: HTMLDialogElement): void {
  // Two dialogs of this package would raise themselves above one another forever. One in a slot is on top of its own.
  if (!other.matches('dialog:modal:not(.sc-dialog, .sc-dialog *)')) return;
  dialog.close();
  dialog.showModal();
}
