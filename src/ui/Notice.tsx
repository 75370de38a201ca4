'use client';
import type { ReactNode } from 'react';
import { classNames } from './classNames.js';
import { StatusIcon } from './StatusIcon.js';

interface NoticeProps {
  text: string | null;
  className: string | undefined;
}

/**
 * Shows and announces the result of an answer. It is mounted before it has a text: screen readers often skip the
 * text of a live region that is added with its text.
 */
export function Notice({ text, className }: NoticeProps): ReactNode {
  if (text === null) return <div role="status" className="sc-hidden" />;
  return (
    <div role="status" className={classNames('sc-notice', className)}>
      <StatusIcon shape="active" />
      {text}
    </div>
  );
}
