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
import { useMessages } from './SessionMessages.js';
import { Legend } from './timeline/Legend.js';
import { type TimelineMessages, timelineMessages } from './timeline/messages.js';
import { Picture } from './timeline/Picture.js';
import { rowsOf } from './timeline/rows.js';
import { Table } from './timeline/Table.js';
import { useTimeline } from './timeline/useTimeline.js';

export interface SessionTimelineProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Default: English. */
  messages?: TimelineMessages;
}

/**
 * A picture of both lifetimes on one time axis: the session with its warning and its end, each access token
 * with its refresh window and its expiry, and the latest activity, extensions, refreshes and failures, as far as
 * the client's log of 200 inputs has them. A screen reader reads a table. It shows no token, and renders
 * nothing on a server. It re-renders at most once a second, only where something moves, and never while the page is
 * hidden. It is a `div` and takes its native props and `ref`. Times of day are in the language of `SessionMessages`.
 * Throws a `TypeError` without a `SessionProvider`.
 * @example <SessionTimeline />
 */
export const SessionTimeline: ForwardRefExoticComponent<
  SessionTimelineProps & RefAttributes<HTMLDivElement>
> = forwardRef<HTMLDivElement, SessionTimelineProps>(function SessionTimeline(props, ref) {
  const { messages = timelineMessages, className, ...native } = props;
  const client = useSessionClient('<SessionTimeline>');
  const { locale } = useMessages();
  const timeline = useTimeline();
  if (!timeline) return null;
  const toTime = (at: Instant): string => toTimeText(at, client.now(), locale);
  return (
    <div
      role="group"
      aria-label={messages.title}
      {...native}
      ref={ref}
      className={classNames('sc-timeline', className)}
    >
      <Picture timeline={timeline} messages={messages} toTime={toTime} />
      <Legend lanes={timeline.lanes} messages={messages} />
      <Table rows={rowsOf(timeline.facts, messages, toTime)} messages={messages} />
    </div>
  );
});
