'use client';
import type { ReactNode } from 'react';

interface ActionButtonProps {
  /** The one that most people will want. */
  isPrimary?: boolean;
  isPending?: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** A button that keeps the focus while what it started is under way, as a disabled one would not. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { isPrimary = false, isPending = false, onPress, children } = props;
  return (
    <button
      type="button"
      className={isPrimary ? 'sc-button sc-primary' : 'sc-button'}
      aria-disabled={isPending || undefined}
      onClick={onPress}
    >
      {isPending && <span className="sc-spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
