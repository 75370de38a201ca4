'use client';
import { type ReactNode, useState } from 'react';
import { useCountdown } from '../react/useCountdown.js';
import { toSpokenText } from './durationText.js';
import { useMessages } from './SessionMessages.js';

/** When a screen reader is told how much time is left (ms); the last two interrupt. */
const moments = [120_000, 60_000, 40_000, 20_000];
const urgent = 40_000;

/** Speaks at 2 min, 1 min, 40 s and 20 s, and is silent in between. */
export function RemainingAnnouncer(): ReactNode {
  const { expiry, locale } = useMessages();
  const remaining = useCountdown()?.remaining ?? null;
  // What was left when this came up is on the screen already; only later moments are news.
  const [first] = useState(remaining);
  const moment = moments.findLast((each) => remaining !== null && remaining <= each);
  const isNews = moment !== undefined && (first === null || first >= moment);
  const text = isNews ? expiry.remaining(toSpokenText(moment, locale)) : '';
  const isUrgent = isNews && moment <= urgent;
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
