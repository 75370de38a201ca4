'use client';
import { type ReactNode, type SyntheticEvent, useId, useLayoutEffect, useRef } from 'react';
import { classNames } from './classNames.js';
import { openDialog } from './openDialog.js';
import { useEscape, useModalEvents } from './useModalEvents.js';

export interface ModalDialogProps {
  /** A sign beside the title. */
  sign: ReactNode;
  title: ReactNode;
  /** A screen reader reads it once, when the dialog opens: nothing in it may change as time passes. */
  description: ReactNode;
  /** Called for Escape. The dialog stays open until its parent unmounts it. */
  onEscape: () => void;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * A native modal alert dialog that is open while it is mounted: the browser keeps the focus inside
 * and makes the rest of the page inert; afterwards the focus returns to where it was.
 */
export function ModalDialog(props: ModalDialogProps): ReactNode {
  const { sign, title, description, onEscape, className, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = useRef(false);
  const [titleId, descriptionId] = [useId(), useId()];
  useModalEvents(ref);
  useEscape(ref, onEscape);
  // A layout effect, so that it closes before React removes it: a removed dialog restores no focus. React also
  // runs its cleanup when the tree is hidden (Suspense, `<Activity>`), and the effect when it is shown again.
  useLayoutEffect(() => {
    const close = openDialog(ref.current as HTMLDialogElement);
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      close();
    };
  }, []);
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
      onClose={(event) => {
        if (isOpen.current) reopen(event, onEscape);
      }}
    >
      <div className="sc-head">
        {sign}
        <div>
          <h2 id={titleId} className="sc-title">
            {title}
          </h2>
          <div id={descriptionId} className="sc-description">
            {description}
          </div>
        </div>
      </div>
      {children}
    </dialog>
  );
}

/** Android's back gesture may close a dialog without a `cancel` event. */
function reopen(event: SyntheticEvent<HTMLDialogElement>, onEscape: () => void): void {
  const dialog = event.currentTarget;
  if (event.target !== dialog || dialog.open || !dialog.isConnected) return;
  dialog.showModal();
  onEscape();
}
