/** Adds `showModal()` and `close()` to `<dialog>` in jsdom, which does not implement them. */
export function polyfillDialogs(): void {
  if (typeof HTMLDialogElement === 'undefined') return;
  const { prototype } = HTMLDialogElement;
  prototype.showModal ??= function showModal() {
    this.open = true;
    this.querySelector('button')?.focus();
  };
  prototype.close ??= function close() {
    this.open = false;
    // As in a browser, the event fires after the code that closes the dialog.
    queueMicrotask(() => this.dispatchEvent(new Event('close')));
  };
}
