'use client';
import {
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { classNames } from './classNames.js';
import { Mark, type Shape } from './Mark.js';

export interface ModalDialogProps {
  /** Drawn above the title. */
  shape: Shape;
  title: ReactNode;
  /** Read once when the dialog opens: nothing in it may change as time passes. */
  description: ReactNode;
  /** What Escape does. The dialog stays open until its owner takes it away. */
  onEscape: () => void;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * A native modal alert dialog for as long as it is mounted: the browser holds the focus inside,
 * makes the rest inert, and gives the focus back to where it was.
 */
export function ModalDialog(props: ModalDialogProps): ReactNode {
  const { shape, title, description, onEscape, className, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const [titleId, descriptionId] = [useId(), useId()];
  // Before the dialog is taken out of the page: one that is gone gives no focus back.
  useLayoutEffect(() => open(ref.current), []);
  return (
    <dialog
      ref={ref}
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={descriptionId}
      className={classNames('sc-dialog', className)}
      onCancel={(event) => {
        event.preventDefault();
        onEscape();
      }}
      onClose={(event) => reopen(event, onEscape)}
      onKeyDown={(event) => heedEscape(event, onEscape)}
    >
      <Mark shape={shape} />
      <h2 id={titleId} className="sc-title">
        {title}
      </h2>
      <div id={descriptionId} className="sc-description">
        {description}
      </div>
      {children}
    </dialog>
  );
}

function open(dialog: HTMLDialogElement | null): () => void {
  const before = document.activeElement;
  dialog?.showModal();
  return () => {
    dialog?.close();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}

/** Chromium closes a dialog at the second Escape, whatever `cancel` was told. */
function heedEscape(event: KeyboardEvent, onEscape: () => void): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (!event.repeat) onEscape();
}

/** Nor does Android's back gesture always ask before it closes. */
function reopen(event: SyntheticEvent<HTMLDialogElement>, onEscape: () => void): void {
  const dialog = event.currentTarget;
  if (event.target !== dialog || dialog.open || !dialog.isConnected) return;
  dialog.showModal();
  onEscape();
}
