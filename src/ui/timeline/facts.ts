import type { SessionLog } from '../../core/shell/inputLog.js';
import type { Deadline, Snapshot } from '../../core/snapshot.js';
import type { AccessTokenRequest, Instant, Session } from '../../core/types.js';
import { type HistoryEvent, historyOf, type TokenRecord } from './history.js';
import { type Fields, fieldsOf, numberOf } from './logFields.js';

/** What a timeline shows, in server time (epoch ms). No token value and no claim. */
export interface TimelineFacts {
  readonly status: Snapshot['status'];
  readonly reason: Snapshot['reason'];
  readonly session: SessionLife | null;
  /** The session that ended, if its end is known. */
  readonly ended: { readonly startedAt: Instant; readonly at: Instant } | null;
  /** The default token first, then those of other requests. */
  readonly tokens: readonly TokenLife[];
  /** Oldest first. */
  readonly events: readonly HistoryEvent[];
}

export interface SessionLife {
  readonly startedAt: Instant;
  /** `null`: no end is known. */
  readonly end: Deadline | null;
  readonly warningAt: Instant | null;
  /** The end that cannot be moved, if it is later than `end`. */
  readonly latestEnd: Instant | null;
}

export interface TokenLife extends TokenRecord {
  /** As in the log. */
  readonly key: string;
  readonly request: AccessTokenRequest;
  /** Earlier tokens of the same request, oldest first, each until the next one. */
  readonly past: readonly TokenRecord[];
  /** When it is refreshed silently: between these instants. */
  readonly refreshWindow: readonly [from: Instant, to: Instant] | null;
}

const defaultKey = 'token:{}';

/**
 * Reads the facts from the snapshot and the log of a client. `offset`: the server's time less the device's
 * clock (ms). `before`: the former facts, whose session may have ended since.
 */
export function timelineFacts(
  snapshot: Snapshot,
  log: SessionLog,
  offset: number,
  before: TimelineFacts | null = null,
): TimelineFacts {
  const config = fieldsOf(log.state['config']);
  const history = historyOf(log, offset);
  const { status, reason } = snapshot;
  const isSignedIn = status === 'active' || status === 'expiring';
  return {
    status,
    reason,
    session: isSignedIn ? sessionLife(snapshot, config, log, offset) : null,
    ended: isSignedIn ? null : endedSession(snapshot, log, offset, before),
    tokens: isSignedIn ? tokenLives(snapshot, config, history.tokens) : [],
    events: history.events,
  };
}

function sessionLife(
  { session, deadline }: Extract<Snapshot, { status: 'active' | 'expiring' }>,
  config: Fields,
  log: SessionLog,
  offset: number,
): SessionLife {
  const policy = fieldsOf(config['policy']);
  const startedAt = session.startedAt ?? firstSeen(log, offset) ?? deadline?.since ?? 0;
  const latest = fixedEnd(session, config, startedAt);
  return {
    startedAt: Math.min(startedAt, deadline?.since ?? startedAt),
    end: deadline,
    warningAt: deadline && warningOf(deadline, numberOf(policy['warnBefore']) ?? 0),
    latestEnd: deadline && latest > deadline.at && Number.isFinite(latest) ? latest : null,
  };
}

/** As in the model: in the second half of the lifetime at the earliest. */
function warningOf({ at, since }: Deadline, warnBefore: number): Instant {
  return at - Math.min(warnBefore, Math.max(at - since, 0) / 2);
}

/** The earliest end that no activity moves; `Infinity`: none is known. */
function fixedEnd(session: Session, config: Fields, startedAt: Instant): Instant {
  const policy = fieldsOf(config['policy']);
  const canMove = config['canExtend'] === true && policy['kind'] !== 'absolute';
  const isStated = session.idleExpiresAt !== undefined || !canMove;
  const stated = isStated ? session.expiresAt : undefined;
  const lifetime = numberOf(policy['lifetime']);
  return Math.min(
    stated ?? Number.POSITIVE_INFINITY,
    lifetime === undefined ? Number.POSITIVE_INFINITY : startedAt + lifetime,
  );
}

/** The log says when a session was ended; the former facts, when it would end by itself. */
function endedSession(
  { session }: Snapshot,
  log: SessionLog,
  offset: number,
  before: TimelineFacts | null,
): TimelineFacts['ended'] {
  if (!session) return null;
  if (before?.ended) return before.ended;
  const startedAt = before?.session?.startedAt ?? session.startedAt ?? firstSeen(log, offset);
  const input = log.entries.findLast((entry) => entry.input.type === 'ended');
  const at = input ? input.at + offset : before?.session?.end?.at;
  return startedAt === undefined || at === undefined ? null : { startedAt, at };
}

/** When this browser first had the session. */
function firstSeen({ state, entries }: SessionLog, offset: number): Instant | undefined {
  const known = numberOf(fieldsOf(state['signIn'])['startedAt']);
  const answer = entries.find(({ input }) => input.type === 'session' && input['session']);
  const at = known ?? answer?.at;
  return at === undefined ? undefined : at + offset;
}

function tokenLives(
  { accessToken }: Snapshot,
  config: Fields,
  records: ReadonlyMap<string, readonly TokenRecord[]>,
): TokenLife[] {
  const keys = [...new Set([defaultKey, ...records.keys()])];
  return keys.flatMap((key) => {
    const known = records.get(key) ?? [];
    const last = known.at(-1);
    const { issuedAt, expiresAt } = accessToken;
    const isDefault = key === defaultKey;
    const current = isDefault
      ? issuedAt !== null && { ...last, issuedAt, expiresAt }
      : last && { ...last };
    if (!current) return [];
    const past = isDefault ? withoutCurrent(known, current) : known.slice(0, -1);
    const request = JSON.parse(key.slice('token:'.length)) as AccessTokenRequest;
    return [{ ...current, key, request, past, refreshWindow: windowOf(current, config) }];
  });
}

/** The log has whole tokens, the snapshot the times of the current one: they differ by rounding at most. */
function withoutCurrent(
  known: readonly TokenRecord[],
  { expiresAt }: TokenRecord,
): readonly TokenRecord[] {
  const isLast = known.at(-1)?.expiresAt === expiresAt;
  return isLast ? known.slice(0, -1) : known;
}

function windowOf(
  { issuedAt, expiresAt, refreshableWithin }: TokenRecord,
  config: Fields,
): TokenLife['refreshWindow'] {
  const [from, to] = (config['refreshWindow'] ?? []) as number[];
  if (config['isSilent'] !== true || expiresAt === null) return null;
  if (from === undefined || to === undefined) return null;
  const life = expiresAt - issuedAt;
  const possible = refreshableWithin ?? Number.POSITIVE_INFINITY;
  return [
    Math.max(issuedAt + from * life, expiresAt - possible),
    Math.max(issuedAt + to * life, expiresAt - possible / 2),
  ];
}
