import type { LogEntry, SessionLog } from '../../core/shell/inputLog.js';
import type { Instant } from '../../core/types.js';
import { type Fields, fieldsOf, numberOf } from './logFields.js';

/** What happened, and to which lifetime: `'session'`, or the key of a token. `at`: server time (epoch ms). */
export interface HistoryEvent {
  readonly kind: 'activity' | 'extended' | 'refreshed' | 'failed';
  readonly of: string;
  readonly at: Instant;
  /** The code of a failure. */
  readonly code?: string;
}

/** The dates of a token (epoch ms). `expiresAt` `null`: unknown. */
export interface TokenRecord {
  readonly issuedAt: Instant;
  readonly expiresAt: Instant | null;
  /** How long before its expiry the source can refresh it (ms). */
  readonly refreshableWithin?: number | undefined;
}

export interface History {
  readonly events: readonly HistoryEvent[];
  /** The tokens of each request, oldest first. */
  readonly tokens: ReadonlyMap<string, readonly TokenRecord[]>;
}

/** The history that a log contains. `offset`: the server's time less the device's clock (ms). */
export function historyOf({ state, entries }: SessionLog, offset: number): History {
  const events: HistoryEvent[] = [];
  const tokens = new Map<string, TokenRecord[]>();

  function addToken(key: string, at: Instant, token: TokenRecord, isKnown = false): void {
    const before = tokens.get(key) ?? [];
    // The same token arrives again from other tabs.
    if (before.some(({ expiresAt }) => expiresAt === token.expiresAt)) return;
    tokens.set(key, [...before, token]);
    if (before.length > 0 && !isKnown) events.push({ kind: 'refreshed', of: key, at });
  }

  function addFacts(facts: Fields, at: Instant, isKnown = false): void {
    for (const [key, fact] of Object.entries(fieldsOf(facts['tokens']))) {
      const { token, issuedAt } = fieldsOf(fact);
      const record = recordOf(fieldsOf(token), numberOf(issuedAt) ?? at, offset);
      if (token) addToken(key, at, record, isKnown);
    }
  }

  addFacts(state, 0, true);
  for (const { at: deviceAt, input } of entries) {
    const at = deviceAt + offset;
    if (input.type === 'token') {
      const token = fieldsOf(input['token']);
      const record = recordOf(token, numberOf(token['issuedAt']) ?? deviceAt, offset, token);
      if (record.expiresAt === null || record.expiresAt > at)
        addToken(String(input['request']), at, record);
    } else if (input.type === 'message') {
      addFacts(fieldsOf(input['facts']), at);
    } else {
      const event = eventOf(input, at);
      if (event) events.push(event);
    }
  }
  return { events, tokens };
}

/** `issuedAt` is device time, unless the token states it. */
function recordOf(
  token: Fields,
  issuedAt: number,
  offset: number,
  stated: Fields = {},
): TokenRecord {
  const isStated = numberOf(stated['issuedAt']) !== undefined;
  return {
    issuedAt: isStated ? issuedAt : issuedAt + offset,
    expiresAt: numberOf(token['expiresAt']) ?? null,
    refreshableWithin: numberOf(token['refreshableWithin']),
  };
}

function eventOf(input: LogEntry['input'], at: Instant): HistoryEvent | null {
  if (input.type === 'activity') return { kind: 'activity', of: 'session', at };
  if (input.type === 'extended' && input['session']) return { kind: 'extended', of: 'session', at };
  if (input.type !== 'request-failed') return null;
  const request = String(input['request']);
  const of = request.startsWith('token:') ? request : 'session';
  return { kind: 'failed', of, at, code: String(fieldsOf(input['error'])['code']) };
}
