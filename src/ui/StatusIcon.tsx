'use client';
import type { ReactNode } from 'react';
import type { Connection, SessionStatus } from '../core/snapshot.js';

export type Shape = SessionStatus | Exclude<Connection, 'online'>;

/** Outlines on a 16 × 16 grid; they differ without their colour. */
const shapes: Record<Shape, string> = {
  loading: 'M8 2.25a5.75 5.75 0 1 0 5.75 5.75',
  'signed-out': 'M6.5 2.75H3.25v10.5H6.5M7 8h6.25M10.5 5l3 3-3 3',
  active: 'M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 1 0 0-11.5M5.5 8.25l1.75 1.75 3.25-3.75',
  expiring: 'M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 1 0 0-11.5M8 4.75V8l2 1.5',
  expired: 'M4.5 7.25h7v6h-7zM5.75 7.25v-2a2.25 2.25 0 0 1 4.5 0v2',
  offline: 'M2 6.5a8.5 8.5 0 0 1 12 0M4.75 9.5a4.6 4.6 0 0 1 6.5 0M8 12.75h.01M2.5 2.5l11 11',
  degraded: 'M8 2.5l6 10.75H2zM8 6.5v3M8 11.5h.01',
};

/** An icon next to a text, so that colour alone never conveys a state (WCAG 1.4.1). */
export function StatusIcon({ shape }: { shape: Shape }): ReactNode {
  return (
    <svg className="sc-icon" data-shape={shape} viewBox="0 0 16 16" aria-hidden="true">
      <path d={shapes[shape]} />
    </svg>
  );
}
