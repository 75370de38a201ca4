'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import type { Instant } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import { classNames } from './classNames.js';
import { toTimeText } from './durationText.js';
import type { Messages } from './messages.js';
import { SessionMessages, useMessages } from './SessionMessages.js';
import { Legend } from './timeline/Legend.js';
import { enTimeline } from './timeline/messages.js';
import { Picture } from './timeline/Picture.js';
import { rowsOf } from './timeline/rows.js';
import { Table } from './timeline/Table.js';
import { useTimeline } from './timeline/useTimeline.js';

export interface SessionTimelineProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** For example `{ ...de, timeline: deTimeline }`. Default: those of `SessionMessages`. */
  messages?: Messages;
}

/**
 * A picture of both lifetimes on one time axis: the session with its warning and its end, each access token
 * with its refresh window and its expiry, and the latest activity, extensions, refreshes and failures, as far as
 * the client's log of 200 inputs has them. A screen reader reads a table. It shows no token, and renders
 * nothing on a server. It re-renders at most once a second, only where something moves, and never while the page is
 * hidden. It is a `div` and takes its native props and `ref`. Its texts are the `timeline` of
 * `messages`, or English without one; times of day are in the `locale` of `messages`. Throws a `TypeError` without a `SessionProvider`.
 * @example <SessionTimeline />
 */
export const SessionTimeline: ForwardRefExoticComponent<
  SessionTimelineProps & RefAttributes<HTMLDivElement>
> = forwardRef<HTMLDivElement, SessionTimelineProps>(function SessionTimeline(props, ref) {
  const { messages: own, className, ...native } = props;
  const client = useSessionClient('<SessionTimeline>');
  const texts = useMessages(own);
  const { locale, timeline: messages = enTimeline } = texts;
  const timeline = useTimeline();
  if (!timeline) return null;
  const toTime = (at: Instant): string => isolate(toTimeText(at, client.now(), locale));
  return (
    <div
      role="group"
      aria-label={messages.title}
      {...native}
      ref={ref}
      className={classNames('sc-timeline', className)}
    >
      <SessionMessages messages={texts}>
        <Picture timeline={timeline} messages={messages} toTime={toTime} />
      </SessionMessages>
      <Legend lanes={timeline.lanes} messages={messages} />
      <Table rows={rowsOf(timeline.facts, messages, toTime)} messages={messages} />
    </div>
  );
});

/** Keeps "12:50 م" in its order beside a text of the other direction: isolated (U+2068, U+2069). */
function isolate(time: string): string {
  return /[\u0590-\u08ff]/.test(time) ? `\u2068${time}\u2069` : time;
}
