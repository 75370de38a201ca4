import type { Deadline, SessionStatus } from '../../core/snapshot.js';
import type { EndReason } from '../../core/types.js';
import type { HistoryEvent } from './history.js';

/** The texts of `SessionTimeline`. Replace them as a whole, or spread those of a language and change parts. */
export interface TimelineMessages {
  /** The accessible name of the picture, and the caption of its table. */
  title: string;
  session: string;
  /** `name`: the audience or scope of a token that is not the default one. */
  accessToken: (name: string | null) => string;
  /** Shown in place of the end while there is no session. */
  status: Record<Exclude<SessionStatus, 'active' | 'expiring'>, string>;
  /** Why there is no session, shown after `status`. */
  reason: Record<EndReason, string>;
  /** Shown in place of the end while there is no access token. */
  noToken: string;
  /** How a lifetime ends: above its bar with the time, and in the table. */
  end: Record<Deadline['kind'] | 'latest' | 'token', string>;
  /** `end`: one of the texts above. `time`: a time of day, with the date if it is another day. */
  endsAt: (end: string, time: string) => string;
  /** In place of the time of an end. */
  endUnknown: string;
  event: Record<HistoryEvent['kind'], string>;
  /** A status with its reason, or a failure with its code. */
  withDetail: (text: string, detail: string) => string;
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
  /** Only a screen reader reads the table. */
  table: {
    /** The headings of the columns: three different texts. */
    columns: readonly [lifetime: string, event: string, time: string];
    started: string;
    issued: string;
    between: (from: string, to: string) => string;
  };
}

/** English, the default. */
export const enTimeline: TimelineMessages = {
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
  end: {
    idle: 'Ends without activity',
    lifetime: 'Ends',
    'access-token': 'Ends with its access token',
    latest: 'Ends at the latest',
    token: 'Expires',
  },
  endsAt: (end, time) => `${end} ${time}`,
  endUnknown: 'End unknown',
  event: {
    activity: 'Activity',
    extended: 'Extended',
    refreshed: 'Refreshed',
    failed: 'Failed',
  },
  withDetail: (text, detail) => `${text}: ${detail}`,
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
  },
};
