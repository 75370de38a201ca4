import { expect } from 'vitest';
import { fingerprint } from '../../src/core/model/user.js';
import { redact } from '../../src/core/shell/inputLog.js';
import type { SessionClient } from '../../src/core/shell/sessionClient.js';
import { type Session, SessionError, type SessionEvent, type Snapshot } from '../../src/index.js';
import { revive } from '../../src/replay/revive.js';
import { type ReplayStep, replayLog } from '../../src/testing/index.js';

/** What a client has shown since it was recorded. */
export interface Recorded {
  readonly client: SessionClient;
  readonly events: readonly SessionEvent[];
  readonly snapshots: readonly Snapshot[];
}

export function record(tab: Pick<Recorded, 'client' | 'events'>): Recorded {
  const snapshots = [tab.client.getSnapshot()];
  tab.client.subscribe(() => snapshots.push(tab.client.getSnapshot()));
  return { client: tab.client, events: tab.events, snapshots };
}

/** The steps of a log that went through JSON text, as in a bug report. */
export function replayed(client: SessionClient): ReplayStep[] {
  return replayLog(JSON.parse(JSON.stringify(client.getLog())));
}

/**
 * The replay ends with the snapshot of the client, and has its latest events. Where no input is missing,
 * it also shows every snapshot that the listeners of the client received.
 */
export function expectEqualReplay(
  { client, events, snapshots }: Recorded,
  userKey: (session: Session) => string = ({ user }) => user.sub,
): ReplayStep[] {
  const steps = replayed(client);
  const userOf = (session: Session): string => fingerprint(userKey(session));
  const expected = (value: unknown): unknown => comparable(revive(redact(value, { userOf })));
  const replayedEvents = steps.flatMap((step) => step.events);
  expect(comparable(steps.at(-1)?.snapshot)).toEqual(expected(client.getSnapshot()));
  const isWhole = client.getLog().skipped === 0;
  const latest = isWhole ? events : events.slice(events.length - replayedEvents.length);
  expect(comparable(replayedEvents)).toEqual(expected(latest));
  if (isWhole) {
    const all = steps.map(({ snapshot }) => JSON.stringify(comparable(snapshot)));
    const shown = snapshots.slice(1).map((snapshot) => JSON.stringify(expected(snapshot)));
    expect(commonInOrder(all, shown)).toEqual(shown);
  }
  return steps;
}

/** The beginning of `wanted` that occurs in `all` in this order. */
function commonInOrder(all: readonly string[], wanted: readonly string[]): string[] {
  let from = 0;
  const end = wanted.findIndex((each) => {
    const index = all.indexOf(each, from);
    from = Math.max(index, from);
    return index < 0;
  });
  return end < 0 ? [...wanted] : wanted.slice(0, end);
}

/** Without the numbers of claims, which differ between two calls of `redact`, and with errors as plain data. */
function comparable(value: unknown): unknown {
  if (value instanceof SessionError) {
    const { code, message, retryable, retryAfter } = value;
    return { code, message, retryable, retryAfter };
  }
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const { claims: _number, ...others } = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(others).map(([key, each]) => [key, comparable(each)]));
}
