import type { ReactNode } from 'react';
import type { Lane } from './lanes.js';
import type { TimelineMessages } from './messages.js';

/** Names what the picture shows now, each with its shape. */
export function Legend(props: { lanes: readonly Lane[]; messages: TimelineMessages }): ReactNode {
  const { lanes, messages } = props;
  const bars = new Set(lanes.flatMap((lane) => lane.bars.map(({ kind }) => kind)));
  const marks = new Set(lanes.flatMap((lane) => lane.marks.map(({ kind }) => kind)));
  const { legend } = messages;
  const shownBars = (['life', 'window', 'warning'] as const).filter((kind) => bars.has(kind));
  const shownMarks = (['refreshed', 'failed', 'activity', 'latest-end'] as const).filter(
    (kind) => marks.has(kind) || (kind === 'refreshed' && marks.has('extended')),
  );
  return (
    <div className="sc-timeline-legend" aria-hidden="true">
      {shownBars.map((kind) => (
        <span key={kind}>
          <i className="sc-timeline-bar" data-kind={kind} />
          {legend[kind]}
        </span>
      ))}
      {shownMarks.map((kind) => (
        <span key={kind}>
          <i className="sc-timeline-mark" data-kind={kind} />
          {legend[kind]}
        </span>
      ))}
    </div>
  );
}
