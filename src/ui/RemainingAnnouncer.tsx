'use client';
import { type ReactNode, useState } from 'react';
import { useCountdown } from '../react/useCountdown.js';
import { toSpokenText } from './durationText.js';
import type { Messages } from './messages.js';

/** When a screen reader is told how much time is left (ms); from `urgent` on it is interrupted. */
const moments = [120_000, 60_000, 40_000, 20_000];
const urgent = 40_000;

/** Speaks at 2 min, 1 min, 40 s and 20 s, and is silent in between: its text changes only then. */
export function RemainingAnnouncer({
  messages: { expiry, locale },
}: {
  messages: Messages;
}): ReactNode {
  const remaining = useCountdown()?.remaining ?? null;
  const [first] = useState(remaining);
  const moment = momentOf(remaining, first);
  const text = moment === null ? '' : expiry.remaining(toSpokenText(moment, locale));
  const isUrgent = moment !== null && moment <= urgent;
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
 * The latest moment that was reached since the dialog came up with `first` left, or `null`. The
 * first second is silent, since a region that comes with its text is often not read.
 */
function momentOf(remaining: number | null, first: number | null): number | null {
  if (remaining === null || first === null || remaining === first) return null;
  const moment = moments.findLast((each) => remaining <= each) ?? null;
  // Time was added: how much is left now is news, whatever was left then.
  const isNews = remaining > first || (moment !== null && moment <= first);
  return isNews ? moment : null;
}
