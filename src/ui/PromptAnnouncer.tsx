'use client';
import type { ReactNode } from 'react';
import type { SpokenTexts } from './promptTexts.js';

export interface PromptAnnouncerProps {
  prompt: SpokenTexts;
}

const hidden = {
  position: 'absolute',
  inlineSize: '1px',
  blockSize: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} satisfies Partial<CSSStyleDeclaration>;

/**
 * The live regions of a dialog of your own. Render it once beside the dialog, always, and once inside a modal one: the
 * library hides everything outside of a modal dialog from screen readers. It needs no style sheet.
 */
export function PromptAnnouncer({ prompt: { announcement } }: PromptAnnouncerProps): ReactNode {
  return (
    <span ref={hide}>
      <span role="status">{announcement.polite}</span>
      <span role="alert">{announcement.urgent}</span>
    </span>
  );
}

/** Not by the attribute `style`, which a Content-Security-Policy may block in the markup of a server. */
function hide(element: HTMLElement | null): void {
  if (element) Object.assign(element.style, hidden);
}
