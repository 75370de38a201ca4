'use client';
import type { ReactNode } from 'react';
import { Mark } from './Mark.js';
import type { Messages } from './messages.js';
import type { ActionState } from './useAction.js';

interface FailureProps {
  of: ActionState;
  messages: Messages;
}

/** Says, also aloud, why an action failed and what to do. */
export function Failure({ of, messages: { failure } }: FailureProps): ReactNode {
  if (of.kind !== 'failed') return null;
  return (
    <p role="alert" className="sc-failure">
      <Mark shape="degraded" />
      <span>{(of.code !== 'other' && failure[of.code]) || failure.other}</span>
    </p>
  );
}
