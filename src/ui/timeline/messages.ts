import type { Deadline, SessionStatus } from '../../core/snapshot.js';
import type { EndReason } from '../../core/types.js';
import type { HistoryEvent } from './history.js';

/** The texts of `SessionTimeline`. Replace them as a whole, or spread `timelineMessages` and change parts. */
export interface TimelineMessages {
  /** The accessible name of the picture, and the caption of its table. */
  title: string;
  session: string;
  /** `name`: the audience or scope of a token that is not the default one. */
  accessToken: (name: string | null) => string;
  /** Shown in place of the end while there is no session, or no token. */
  status: Record<Exclude<SessionStatus, 'active' | 'expiring'>, string>;
  reason: Record<EndReason, string>;
  noToken: string;
  /** `time`: when it ends. */
  ends: (kind: Deadline['kind'] | 'latest' | 'token', time: string) => string;
  endUnknown: string;
  now: string;
  /** The legend, and the names of the same things in the table. */
  legend: {
    life: string;
    window: string;
    warning: string;
    refreshed: string;
    failed: string;
    activity: string;
    'latest-end': string;
  };
  table: {
    /** The headings of the columns. */
    columns: readonly [lifetime: string, event: string, time: string];
    started: string;
    issued: string;
    between: (from: string, to: string) => string;
    /** `code`: of a failure, else empty. */
    event: (kind: HistoryEvent['kind'], code: string) => string;
    end: (kind: Deadline['kind'] | 'latest' | 'token') => string;
  };
}

const ends = {
  idle: 'Ends without activity',
  lifetime: 'Ends',
  'access-token': 'Ends with its access token',
  latest: 'Ends at the latest',
  token: 'Expires',
};

const events = {
  activity: 'Activity',
  extended: 'Extended',
  refreshed: 'Refreshed',
  failed: 'Failed',
};

/** English, the default. */
export const timelineMessages: TimelineMessages = {
  title: 'Session and access token over time',
  session: 'Session',
  accessToken: (name) => (name === null ? 'Access token' : `Access token for ${name}`),
  status: {
    loading: 'Checking',
    'signed-out': 'Signed out',
    expired: 'Ended',
  },
  reason: {
    'signed-out': 'signed out',
    idle: 'no activity',
    lifetime: 'time limit',
    revoked: 'revoked',
    'token-refresh-failed': 'no new access token',
    'signed-out-elsewhere': 'signed out in another tab',
  },
  noToken: 'None',
  ends: (kind, time) => `${ends[kind]} ${time}`,
  endUnknown: 'End unknown',
  now: 'Now',
  legend: {
    life: 'Time left',
    window: 'Refresh window',
    warning: 'Warning',
    refreshed: 'Refreshed or extended',
    failed: 'Failed',
    activity: 'Activity',
    'latest-end': 'Latest end',
  },
  table: {
    columns: ['Lifetime', 'Event', 'Time'],
    started: 'Started',
    issued: 'Issued',
    between: (from, to) => `${from} to ${to}`,
    event: (kind, code) => (code ? `${events[kind]}: ${code}` : events[kind]),
    end: (kind) => ends[kind],
  },
};
