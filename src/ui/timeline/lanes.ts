import type { Instant } from '../../core/types.js';
import { type Axis, positionOf } from './axis.js';
import type { TimelineFacts, TokenLife } from './facts.js';
import type { HistoryEvent } from './history.js';

/** One lifetime of the picture. Positions are on the axis, from 0 to 1. */
export interface Lane {
  readonly of: string;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

export interface Bar {
  readonly kind: 'life' | 'former' | 'window' | 'warning';
  readonly from: number;
  readonly to: number;
  /** It continues beyond that end of the axis. */
  readonly continues: 'no' | 'before' | 'after' | 'both';
}

export interface Mark {
  readonly kind: HistoryEvent['kind'] | 'latest-end';
  readonly position: number;
}

/** The part of the axis in which marks of one kind are drawn once: about their width. */
const resolution = 0.012;

/** The bars and marks of the session and of each token. */
export function lanesOf(facts: TimelineFacts, axis: Axis): Lane[] {
  const { session, ended, tokens, events } = facts;
  const former = ended ? barOf('former', ended.startedAt, ended.at, axis) : [];
  const bars = session ? sessionBars(session, axis) : former;
  const latest = marksOf([{ kind: 'latest-end', at: session?.latestEnd ?? Number.NaN }], axis);
  const sessionEvents = events.filter((event) => event.of === 'session');
  const lane: Lane = { of: 'session', bars, marks: [...marksOf(sessionEvents, axis), ...latest] };
  return [lane, ...tokens.map((token) => tokenLane(token, events, axis))];
}

function sessionBars(
  { startedAt, end, warningAt }: NonNullable<TimelineFacts['session']>,
  axis: Axis,
): Bar[] {
  const until = end?.at ?? Number.POSITIVE_INFINITY;
  return [
    ...barOf('life', startedAt, until, axis),
    ...(warningAt === null ? [] : barOf('warning', warningAt, until, axis)),
  ];
}

function tokenLane(token: TokenLife, events: readonly HistoryEvent[], axis: Axis): Lane {
  const { key, issuedAt, expiresAt, past, refreshWindow } = token;
  const starts = [...past.slice(1).map((each) => each.issuedAt), issuedAt];
  const former = past.flatMap((each, index) => {
    const next = starts[index] ?? issuedAt;
    return barOf('former', each.issuedAt, Math.min(each.expiresAt ?? next, next), axis);
  });
  const own = events.filter((event) => event.of === key);
  const until = expiresAt ?? Number.POSITIVE_INFINITY;
  return {
    of: key,
    bars: [
      ...former,
      ...barOf('life', issuedAt, until, axis),
      ...(refreshWindow ? barOf('window', ...refreshWindow, axis) : []),
    ],
    marks: marksOf(own, axis),
  };
}

/** The visible part of a bar: none, or one. */
function barOf(kind: Bar['kind'], start: Instant, end: Instant, axis: Axis): Bar[] {
  const [from, to] = [positionOf(axis, start), positionOf(axis, end)];
  if (to <= 0 || from >= 1 || to <= from) return [];
  const isCut = [from < 0, to > 1].join();
  const continues = { 'true,true': 'both', 'true,false': 'before', 'false,true': 'after' } as const;
  return [
    {
      kind,
      from: Math.max(from, 0),
      to: Math.min(to, 1),
      continues: continues[isCut as keyof typeof continues] ?? 'no',
    },
  ];
}

function marksOf(
  events: readonly { readonly kind: Mark['kind']; readonly at: Instant }[],
  axis: Axis,
): Mark[] {
  const seen = new Set<string>();
  return events.flatMap(({ kind, at }) => {
    const position = Math.round(positionOf(axis, at) / resolution) * resolution;
    const id = `${kind} ${position}`;
    if (!(position >= 0 && position <= 1) || seen.has(id)) return [];
    seen.add(id);
    return [{ kind, position }];
  });
}
