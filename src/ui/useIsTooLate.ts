'use client';
import { useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Deadline } from '../core/snapshot.js';
import type { Instant } from '../core/types.js';
import { useSessionEvent } from '../react/useSessionEvent.js';

/** A user needs this time to respond to a warning (WCAG 2.2.1, ms). */
const responseTime = 20_000;
/** Timers of a hidden page fire up to a second late, and rendering takes its time (ms). */
const tolerance = 2_000;

/**
 * Whether too little time was left when the warning opened, or when the device woke up. A warning
 * that opened in time never becomes too late while the user sees it.
 */
export function useIsTooLate(client: SessionClient, deadline: Deadline | null): boolean {
  const isOpen = deadline !== null;
  const [wasOpen, setWasOpen] = useState(false);
  const [tooLateEnd, setTooLateEnd] = useState<Instant | null>(null);
  const measure = (): void =>
    setTooLateEnd(deadline && isLate(deadline, client.now()) ? deadline.at : null);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    measure();
  }
  useSessionEvent('resumed', measure);
  return isOpen && tooLateEnd === deadline.at;
}

/** A session whose whole life is short has a shorter warning, which is not late. */
function isLate({ at, since }: Deadline, now: Instant): boolean {
  return at - now < Math.min(responseTime, (at - since) / 2) - tolerance;
}
