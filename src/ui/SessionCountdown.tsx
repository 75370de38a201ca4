'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { omitUndefined } from '../core/omitUndefined.js';
import { type Countdown, type CountdownOptions, useCountdown } from '../react/useCountdown.js';
import { classNames } from './classNames.js';
import { toClockText } from './durationText.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';

export interface SessionCountdownProps
  extends CountdownOptions,
    Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** Renders the countdown. Default: minutes and seconds, with hours and days where needed. */
  children?: (countdown: Countdown) => ReactNode;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Counts a lifetime down; renders nothing if its end is unknown, or on a server. Only this component
 * re-renders as time passes. It is a `span` and takes its native props and `ref`.
 * @example <SessionCountdown of="access-token" />
 */
export const SessionCountdown: ForwardRefExoticComponent<
  SessionCountdownProps & RefAttributes<HTMLSpanElement>
> = forwardRef<HTMLSpanElement, SessionCountdownProps>(function SessionCountdown(props, ref) {
  const { of = 'session', every, children, className, messages, ...native } = props;
  const countdown = useCountdown({ of, ...omitUndefined({ every }) });
  const { timeLeft, locale } = useMessages(messages);
  if (!countdown) return null;
  return (
    // Not live: a screen reader that announced every second would announce nothing else.
    <span
      role="timer"
      aria-live="off"
      aria-label={timeLeft[of]}
      {...native}
      ref={ref}
      className={classNames('sc-countdown', className)}
    >
      {children ? children(countdown) : toClockText(countdown.remaining, locale)}
    </span>
  );
});
