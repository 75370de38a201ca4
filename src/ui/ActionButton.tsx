'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import { classNames } from './classNames.js';

interface ActionButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** Emphasizes the recommended action. */
  isPrimary?: boolean;
  text: string;
  /** The text while the action is in progress; `null`: it is not. */
  pendingText: string | null;
  press: () => void;
}

/** A button that keeps the focus while its action is pending; a disabled button would lose it. */
export const ActionButton: ForwardRefExoticComponent<
  ActionButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, ActionButtonProps>(function ActionButton(props, ref) {
  const { isPrimary, text, pendingText, press, onClick, className, children, ...native } = props;
  const isPending = pendingText !== null;
  return (
    <button
      type="button"
      {...native}
      ref={ref}
      className={classNames('sc-button', isPrimary && 'sc-primary', className)}
      aria-disabled={isPending || native['aria-disabled']}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) press();
      }}
    >
      {isPending ? (
        <>
          <span className="sc-spinner" aria-hidden="true" />
          {pendingText}
        </>
      ) : (
        (children ?? text)
      )}
    </button>
  );
});
