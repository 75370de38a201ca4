'use client';
import type { CSSProperties, ReactNode } from 'react';
import type { Instant } from '../../core/types.js';
import { SessionCountdown } from '../SessionCountdown.js';
import { type Axis, positionOf } from './axis.js';
import type { TimelineFacts } from './facts.js';
import type { Lane } from './lanes.js';
import type { TimelineMessages } from './messages.js';
import { statusText, tokenName } from './rows.js';
import { type Timeline, useNow } from './useTimeline.js';

interface PictureProps {
  timeline: Timeline;
  messages: TimelineMessages;
  toTime: (at: Instant) => string;
}

/** The lanes, and the axis with the present. The table says the same to a screen reader. */
export function Picture({ timeline, messages, toTime }: PictureProps): ReactNode {
  const { axis, facts, lanes } = timeline;
  return (
    <Moving axis={axis}>
      {lanes.map((lane, index) => (
        <div key={lane.of} className="sc-timeline-lane">
          <Heading facts={facts} index={index} messages={messages} toTime={toTime} />
          <Track lane={lane} />
        </div>
      ))}
      {facts.tokens.length === 0 && facts.session && (
        <div className="sc-timeline-heading">
          <b>{messages.accessToken(null)}</b>
          <span>{messages.noToken}</span>
        </div>
      )}
      <div className="sc-timeline-axis">
        {axis.ticks.map((at) => (
          <span key={at} style={placedAt(positionOf(axis, at))}>
            {toTime(at)}
          </span>
        ))}
      </div>
    </Moving>
  );
}

/** Re-renders alone as time passes: CSS moves the line of the present, and fades what is over. */
function Moving({ axis, children }: { axis: Axis; children: ReactNode }): ReactNode {
  const now = useNow(axis);
  return (
    <div
      className="sc-timeline-picture"
      aria-hidden="true"
      style={{ '--sct-now': now } as CSSProperties}
    >
      {children}
    </div>
  );
}

function Heading(props: {
  facts: TimelineFacts;
  /** 0 is the session. */
  index: number;
  messages: TimelineMessages;
  toTime: (at: Instant) => string;
}): ReactNode {
  const { facts, index, messages, toTime } = props;
  const token = facts.tokens[index - 1];
  if (token) {
    const { expiresAt } = token;
    return (
      <div className="sc-timeline-heading">
        <b>{tokenName(token, messages)}</b>
        <span>
          {expiresAt === null
            ? messages.endUnknown
            : messages.endsAt(messages.end.token, toTime(expiresAt))}
        </span>
        {index === 1 && <SessionCountdown of="access-token" />}
      </div>
    );
  }
  const { session } = facts;
  const end = session?.end;
  return (
    <div className="sc-timeline-heading">
      <b>{messages.session}</b>
      {session && (
        <span>
          {end ? messages.endsAt(messages.end[end.kind], toTime(end.at)) : messages.endUnknown}
        </span>
      )}
      {session?.latestEnd && (
        <span>{messages.endsAt(messages.end.latest, toTime(session.latestEnd))}</span>
      )}
      {!session && <span>{statusText(facts, messages)}</span>}
      <SessionCountdown />
    </div>
  );
}

function Track({ lane }: { lane: Lane }): ReactNode {
  return (
    <div className="sc-timeline-track">
      {lane.bars.map(({ kind, from, to, continues }) => (
        <i
          key={`${kind} ${from}`}
          className="sc-timeline-bar"
          data-kind={kind}
          data-continues={continues}
          style={{ '--sct-from': from, '--sct-to': to } as CSSProperties}
        />
      ))}
      <i className="sc-timeline-over" />
      {lane.marks.map(({ kind, position }) => (
        <i
          key={`${kind} ${position}`}
          className="sc-timeline-mark"
          data-kind={kind}
          style={placedAt(position)}
        />
      ))}
      <i className="sc-timeline-now" />
    </div>
  );
}

/** A place on the axis. */
function placedAt(position: number): CSSProperties {
  return { '--sct-at': position } as CSSProperties;
}
