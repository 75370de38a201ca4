'use client';
import type { ReactNode } from 'react';
import type { Announcement } from './announcement.js';

interface AnnouncerProps {
  /** `null`: nothing is announced yet. Screen readers often skip the text of a live region that is added with it. */
  announcement: Announcement | null;
}

/** Two live regions, for screen readers only. */
export function Announcer({ announcement }: AnnouncerProps): ReactNode {
  return (
    <>
      <span className="sc-hidden" role="status">
        {announcement?.polite}
      </span>
      <span className="sc-hidden" role="alert">
        {announcement?.urgent}
      </span>
    </>
  );
}
