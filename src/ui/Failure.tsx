'use client';
import type { ReactNode } from 'react';
import { useMessages } from './SessionMessages.js';
import type { ActionState } from './useAction.js';

/** Says why an action failed, aloud. */
export function Failure({ of }: { of: ActionState }): ReactNode {
  const { failure } = useMessages();
  if (of.kind !== 'failed') return null;
  return (
    <p role="alert" className="sc-failure">
      {(of.code !== 'other' && failure[of.code]) || failure.other}
    </p>
  );
}
