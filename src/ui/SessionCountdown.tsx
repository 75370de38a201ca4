'use client';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { type Countdown, type CountdownOptions, useCountdown } from '../react/useCountdown.js';
import { classNames } from './classNames.js';
import { toClockText } from './durationText.js';
import { useMessages } from './SessionMessages.js';

export interface SessionCountdownProps
  extends CountdownOptions,
    Omit<ComponentPropsWithRef<'span'>, 'children'> {
  /** Draws the counter in your own way. Default: minutes and seconds. */
  children?: (countdown: Countdown) => ReactNode;
}

/** What is left of a clock, counting down; nothing where the clock has no end. Only this re-renders. */
export function SessionCountdown(props: SessionCountdownProps): ReactNode {
  const { of = 'session', every, children = asText, className, ...native } = props;
  const countdown = useCountdown({ of, ...(every !== undefined && { every }) });
  const { timeLeft } = useMessages();
  if (!countdown) return null;
  return (
    // A timer is silent by default; a voice that counted along would drown everything else.
    <span
      role="timer"
      aria-label={timeLeft[of]}
      {...native}
      className={classNames('sc-countdown', className)}
    >
      {children(countdown)}
    </span>
  );
}

function asText({ remaining }: Countdown): ReactNode {
  return toClockText(remaining);
}
