'use client';
import type { ReactNode } from 'react';
import { classNames } from './classNames.js';
import { StatusIcon } from './StatusIcon.js';

interface FailureProps {
  /** `null`: nothing has failed. */
  text: string | null;
  className?: string | undefined;
}

/** Shows and announces why an action failed and what to do. */
export function Failure({ text, className }: FailureProps): ReactNode {
  if (text === null) return null;
  return (
    <p role="alert" ref={scrollIntoView} className={classNames('sc-failure', className)}>
      <StatusIcon shape="degraded" />
      <span>{text}</span>
    </p>
  );
}

/** In a dialog that scrolls, the text would be out of view. jsdom has no `scrollIntoView()`. */
function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView?.({ block: 'nearest' });
}
