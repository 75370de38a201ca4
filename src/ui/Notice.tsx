'use client';
import type { ReactNode } from 'react';
import { StatusIcon } from './StatusIcon.js';

/**
 * Shows and announces the result of an answer. It is mounted before it has a text: screen readers often skip the
 * text of a live region that is added with its text.
 */
export function Notice({ text }: { text: string | null }): ReactNode {
  return (
    <div role="status" className={text === null ? 'sc-hidden' : 'sc-notice'}>
      {text !== null && (
        <>
          <StatusIcon shape="active" />
          {text}
        </>
      )}
    </div>
  );
}
