/** jsdom knows `<dialog>`, but not how to open and close one. A browser needs no teaching. */
export function teachDialogs(): void {
  if (typeof HTMLDialogElement === 'undefined') return;
  const { prototype } = HTMLDialogElement;
  prototype.showModal ??= function showModal() {
    this.open = true;
    this.querySelector('button')?.focus();
  };
  prototype.close ??= function close() {
    this.open = false;
    // As a browser does: not before whoever closes it is done.
    queueMicrotask(() => this.dispatchEvent(new Event('close')));
  };
}
