'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import { classNames } from './classNames.js';

interface ActionButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'onClick'> {
  /** Emphasizes the recommended action. */
  isPrimary?: boolean;
  isPending?: boolean;
  onPress: () => void;
}

/** A button that keeps the focus while its action is pending; a disabled button would lose it. */
export const ActionButton: ForwardRefExoticComponent<
  ActionButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef<HTMLButtonElement, ActionButtonProps>(function ActionButton(props, ref) {
  const { isPrimary = false, isPending = false, onPress, className, children, ...native } = props;
  return (
    <button
      type="button"
      {...native}
      ref={ref}
      className={classNames(isPrimary ? 'sc-button sc-primary' : 'sc-button', className)}
      aria-disabled={isPending || undefined}
      onClick={onPress}
    >
      {isPending && <span className="sc-spinner" aria-hidden="true" />}
      {children}
    </button>
  );
});
