'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardedRef,
  type ReactNode,
  type SyntheticEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { classNames } from './classNames.js';
import { openDialog } from './openDialog.js';
import type { PartClassNames } from './parts.js';
import { useEscape, useModalEvents } from './useModalEvents.js';

export interface ModalDialogProps extends ComponentPropsWithoutRef<'dialog'> {
  dialogRef: ForwardedRef<HTMLDialogElement>;
  /** A sign beside the title. */
  sign: ReactNode;
  heading: ReactNode;
  /** A screen reader reads it once, when the dialog opens: nothing in it may change as time passes. */
  description: ReactNode;
  /** Called for Escape. The dialog stays open until its parent unmounts it. */
  onEscape: () => void;
  classes: PartClassNames<'icon' | 'title' | 'description'>;
}

/**
 * A native modal alert dialog that is open while it is mounted: the browser keeps the focus inside
 * and makes the rest of the page inert; afterwards the focus returns to where it was.
 */
export function ModalDialog(props: ModalDialogProps): ReactNode {
  const { dialogRef, sign, heading, description, onEscape, classes, ...others } = props;
  const { className, children, ...native } = others;
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = useRef(false);
  const titleId = useId();
  const descriptionId = `${titleId}d`;
  useImperativeHandle(dialogRef, () => ref.current as HTMLDialogElement, []);
  useModalEvents(ref);
  useEscape(ref, onEscape);
  // A layout effect, so that it closes before React removes it: a removed dialog restores no focus. React also
  // runs its cleanup when the tree is hidden (Suspense, `<Activity>`), and the effect when it is shown again.
  useLayoutEffect(() => {
    const dialog = ref.current as HTMLDialogElement;
    // Before the open dialog hides it.
    const hasScrollbar = innerWidth > document.documentElement.clientWidth;
    dialog.toggleAttribute('data-scrollbar', hasScrollbar);
    const close = openDialog(dialog);
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      close();
    };
  }, []);
  return (
    <dialog
      aria-labelledby={titleId}
      aria-describedby={descriptionId}
      {...native}
      ref={ref}
      role="alertdialog"
      className={classNames('sc-dialog', className)}
      onCancel={(event) => {
        // React passes on the event of a dialog or a file field in a slot.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onEscape();
      }}
      onClose={(event) => {
        if (isOpen.current) reopen(event, onEscape);
      }}
    >
      <div className="sc-head">
        {sign && <div className={classNames('sc-sign', classes.icon)}>{sign}</div>}
        <div>
          <h2 id={titleId} className={classNames('sc-title', classes.title)}>
            {heading}
          </h2>
          <div id={descriptionId} className={classNames('sc-description', classes.description)}>
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
