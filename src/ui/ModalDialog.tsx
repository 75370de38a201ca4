'use client';
import { type ComponentPropsWithRef, type ReactNode, useEffect, useRef } from 'react';

export interface ModalDialogProps
  extends Omit<ComponentPropsWithRef<'dialog'>, 'onCancel' | 'ref' | 'open'> {
  /** What Escape does. The dialog stays open until its owner takes it away. */
  onEscape: () => void;
}

/**
 * A native modal dialog for as long as it is mounted: the browser holds the focus inside, makes the
 * rest inert, and this gives the focus back to where it was.
 */
export function ModalDialog({ onEscape, ...native }: ModalDialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // The browser gives it back too, but not where the dialog is removed before it is closed.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      {...native}
      ref={ref}
      onCancel={(event) => {
        event.preventDefault();
        onEscape();
      }}
      onKeyDown={(event) => {
        // Chromium closes a dialog at the second Escape, whatever `cancel` was told.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onEscape();
      }}
    />
  );
}
