'use client';
import { type ReactNode, useState } from 'react';
import { useCountdown } from '../react/useCountdown.js';
import { toSpokenText } from './durationText.js';
import type { Messages } from './messages.js';

/** The remaining times that are announced (ms). */
const thresholds = [120_000, 60_000, 40_000, 20_000];
/** From here on an announcement interrupts the screen reader (ms). */
const urgentThreshold = 40_000;

/** Announces the remaining time at 2 min, 1 min, 40 s and 20 s; its text changes only then. */
export function RemainingAnnouncer({
  messages: { expiry, locale },
}: {
  messages: Messages;
}): ReactNode {
  const remaining = useCountdown()?.remaining ?? null;
  const [first] = useState(remaining);
  const threshold = reachedThreshold(remaining, first);
  const text = threshold === null ? '' : expiry.remaining(toSpokenText(threshold, locale));
  const isUrgent = threshold !== null && threshold <= urgentThreshold;
  return (
    <>
      <span className="sc-hidden" role="status">
        {isUrgent ? '' : text}
      </span>
      <span className="sc-hidden" role="alert">
        {isUrgent ? text : ''}
      </span>
    </>
  );
}

/**
 * The latest threshold that was reached since the dialog opened with `first` ms left, or `null`. The
 * first second is silent: screen readers often skip a live region that is added with its text.
 */
function reachedThreshold(remaining: number | null, first: number | null): number | null {
  if (remaining === null || first === null || remaining === first) return null;
  const threshold = thresholds.findLast((each) => remaining <= each) ?? null;
  // More time than at the opening means an extension: then every threshold is new.
  const isNew = remaining > first || (threshold !== null && threshold <= first);
  return isNew ? threshold : null;
}
