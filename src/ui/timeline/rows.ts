import type { Deadline } from '../../core/snapshot.js';
import type { Instant } from '../../core/types.js';
import type { TimelineFacts, TokenLife } from './facts.js';
import type { TimelineMessages } from './messages.js';

/** One row of the table that a screen reader reads. */
export interface Row {
  readonly lifetime: string;
  readonly event: string;
  readonly time: string;
}

/** How many events of the past the table has. */
const mostEvents = 20;

/** The session and the tokens in order of time, and then the latest events, newest first. */
export function rowsOf(
  facts: TimelineFacts,
  messages: TimelineMessages,
  toTime: (at: Instant) => string,
): Row[] {
  const { legend, table } = messages;
  const names = new Map(facts.tokens.map((token) => [token.key, tokenName(token, messages)]));
  const events = facts.events.slice(-mostEvents).reverse();
  return [
    ...sessionRows(facts, messages, toTime),
    ...facts.tokens.flatMap((token) => {
      const { issuedAt, expiresAt, refreshWindow } = token;
      const lifetime = tokenName(token, messages);
      const window =
        refreshWindow && table.between(toTime(refreshWindow[0]), toTime(refreshWindow[1]));
      return [
        { lifetime, event: table.issued, time: toTime(issuedAt) },
        ...(window ? [{ lifetime, event: legend.window, time: window }] : []),
        { lifetime, event: messages.end.token, time: endText(expiresAt, messages, toTime) },
      ];
    }),
    ...events.map(({ kind, of, at, code }) => ({
      lifetime: of === 'session' ? messages.session : (names.get(of) ?? messages.accessToken(null)),
      event: code ? messages.withDetail(messages.event[kind], code) : messages.event[kind],
      time: toTime(at),
    })),
  ];
}

function sessionRows(
  facts: TimelineFacts,
  messages: TimelineMessages,
  toTime: (at: Instant) => string,
): Row[] {
  const { session } = facts;
  const { legend, table } = messages;
  const lifetime = messages.session;
  if (!session) return [{ lifetime, event: statusText(facts, messages), time: '' }];
  const { startedAt, warningAt, end, latestEnd } = session;
  const row = (event: string, at: Instant | null): Row[] =>
    at === null ? [] : [{ lifetime, event, time: toTime(at) }];
  const kind: Deadline['kind'] = end?.kind ?? 'lifetime';
  return [
    ...row(table.started, startedAt),
    ...row(legend.warning, warningAt),
    { lifetime, event: messages.end[kind], time: endText(end && end.at, messages, toTime) },
    ...row(messages.end.latest, latestEnd),
  ];
}

/** Why there is no session. */
export function statusText({ status, reason }: TimelineFacts, messages: TimelineMessages): string {
  if (status === 'active' || status === 'expiring') return '';
  const text = messages.status[status];
  return reason && reason !== status ? messages.withDetail(text, messages.reason[reason]) : text;
}

export function tokenName({ request }: TokenLife, messages: TimelineMessages): string {
  const { audience, scope } = request;
  return messages.accessToken(audience ?? scope ?? null);
}

function endText(
  at: Instant | null,
  messages: TimelineMessages,
  toTime: (at: Instant) => string,
): string {
  return at === null ? messages.endUnknown : toTime(at);
}
