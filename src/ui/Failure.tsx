'use client';
import type { ReactNode } from 'react';
import { StatusIcon } from './StatusIcon.js';

/** Shows and announces why an action failed and what to do. */
export function Failure({ text }: { text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <p role="alert" className="sc-failure">
      <StatusIcon shape="degraded" />
      <span>{text}</span>
    </p>
  );
}
