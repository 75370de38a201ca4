'use client';
import type { ReactNode } from 'react';

interface ActionButtonProps {
  /** Emphasizes the recommended action. */
  isPrimary?: boolean;
  isPending?: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** A button that keeps the focus while its action is pending; a disabled button would lose it. */
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
