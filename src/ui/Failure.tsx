'use client';
import type { ReactNode } from 'react';
import type { Messages } from './messages.js';
import { StatusIcon } from './StatusIcon.js';
import type { ActionState } from './useAction.js';

interface FailureProps {
  of: ActionState;
  messages: Messages;
}

/** Shows and announces why an action failed and what to do. */
export function Failure({ of, messages: { failure } }: FailureProps): ReactNode {
  if (of.kind !== 'failed') return null;
  return (
    <p role="alert" className="sc-failure">
      <StatusIcon shape="degraded" />
      <span>{(of.code !== 'other' && failure[of.code]) || failure.other}</span>
    </p>
  );
}
