'use client';
import type { ReactNode } from 'react';
import type { Announcement } from './announcement.js';

/** Two live regions, for screen readers only. */
export function Announcer({ announcement }: { announcement: Announcement }): ReactNode {
  return (
    <>
      <span className="sc-hidden" role="status">
        {announcement.polite}
      </span>
      <span className="sc-hidden" role="alert">
        {announcement.urgent}
      </span>
    </>
  );
}
