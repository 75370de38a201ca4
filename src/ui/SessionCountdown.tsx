'use client';
import {
  type ComponentPropsWithoutRef,
  type CSSProperties,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { toMs } from '../core/duration.js';
import { omitUndefined } from '../core/omitUndefined.js';
import type { Duration } from '../core/types.js';
import { type Countdown, type CountdownOptions, useCountdown } from '../react/useCountdown.js';
import { CountdownTrack } from './CountdownTrack.js';
import { classNames } from './classNames.js';
import { toClockText } from './durationText.js';
import type { Messages } from './messages.js';
import type { PartClassNames } from './parts.js';
import { useMessages } from './SessionMessages.js';

export interface SessionCountdownProps
  extends CountdownOptions,
    Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** `'ring'` and `'bar'` draw the remaining time around or beside its text. Default `'text'`. */
  shape?: 'text' | 'ring' | 'bar';
  /** The time that a full ring or bar stands for. Default: the whole lifetime. */
  total?: Duration;
  /** Renders the text. Default: minutes and seconds, with hours and days where needed. */
  children?: (countdown: Countdown) => ReactNode;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
  /** Classes to add to the parts of a ring or a bar: the `track`, the part that is `left`, and the text. */
  classNames?: PartClassNames<'track' | 'left' | 'time'>;
}

/**
 * Counts a lifetime down; renders nothing if its end is unknown, or on a server. Only this component
 * re-renders as time passes. A ring or a bar is amber in the last minute of a session and red under 20 s; an
 * access token needs no attention, so its colour stays. It is a `span` and takes its native props and `ref`.
 * Throws a `TypeError` for an invalid `total` or `every`.
 * @example <SessionCountdown shape="ring" total="2m" />
 */
export const SessionCountdown: ForwardRefExoticComponent<
  SessionCountdownProps & RefAttributes<HTMLSpanElement>
> = forwardRef<HTMLSpanElement, SessionCountdownProps>(function SessionCountdown(props, ref) {
  const { of = 'session', every, shape = 'text', total, ...others } = props;
  const { children, className, classNames: classes = {}, style, messages, ...native } = others;
  const countdown = useCountdown({ of, ...omitUndefined({ every }) });
  const { timeLeft, locale } = useMessages(messages);
  const full = total === undefined ? null : toMs(total, '<SessionCountdown total>');
  if (!countdown) return null;
  const text = children ? children(countdown) : toClockText(countdown.remaining, locale);
  return (
    // Not live: a screen reader that announced every second would announce nothing else.
    <span
      role="timer"
      aria-live="off"
      aria-label={timeLeft[of]}
      {...native}
      ref={ref}
      className={classNames('sc-countdown', className)}
      data-level={of === 'session' ? levelOf(countdown) : 'calm'}
      {...(shape === 'text'
        ? { style }
        : { 'data-shape': shape, style: { ...style, ...leftStyle(countdown, full) } })}
    >
      {shape === 'text' ? (
        text
      ) : (
        <>
          <CountdownTrack shape={shape} trackClass={classes.track} leftClass={classes.left} />
          <span
            className={classNames('sc-countdown-time', classes.time)}
            data-long={isLong(countdown, children)}
          >
            {text}
          </span>
        </>
      )}
    </span>
  );
});

/** Whether the text has hours, and needs a smaller font in a ring. */
function isLong({ remaining }: Countdown, children: unknown): true | undefined {
  return (!children && remaining >= 3_600_000) || undefined;
}

/** How urgent the end of a session is. */
function levelOf({ remaining }: Countdown): 'calm' | 'soon' | 'urgent' {
  if (remaining > 60_000) return 'calm';
  return remaining >= 20_000 ? 'soon' : 'urgent';
}

/**
 * The part of the ring or bar that is left, from 1 down to 0. In steps of a thousandth, so that a countdown of
 * hours is not drawn anew every second. `full` in ms.
 */
function leftStyle({ remaining, fraction }: Countdown, full: number | null): CSSProperties {
  const left = full === null ? fraction : Math.min(remaining / full, 1);
  return { '--sc-left': Math.ceil(left * 1_000) / 1_000 } as CSSProperties;
}
