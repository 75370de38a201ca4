import { derive } from '../core/model/derive.js';
import { eventsBetween, type View } from '../core/model/events.js';
import type { Input } from '../core/model/input.js';
import type { State } from '../core/model/state.js';
import { update } from '../core/model/update.js';
import type { SessionLog } from '../core/shell/inputLog.js';
import type { Instant } from '../core/types.js';
import { readLog } from '../replay/readLog.js';
import { reasonOf } from './requestReason.js';

/** A request to the source that the log contains. */
export interface RequestRecord {
  /** The device's clock (epoch ms). */
  readonly at: Instant;
  /** `session`, `extend`, `clear`, or the key of a token. */
  readonly request: string;
  /** Why it was sent. */
  readonly reason: string;
  readonly result: string;
}

export interface LogAnalysis {
  /** Oldest first. */
  readonly requests: readonly RequestRecord[];
  /** How often the current sign-in was extended since the log begins. */
  readonly extensions: number;
}

/** Replays the log, and explains its requests. */
export function analyzeLog(log: SessionLog): LogAnalysis {
  const { state: first, entries } = readLog(log);
  const requests: RequestRecord[] = [];
  let extensions = 0;
  let before = viewOf(first);
  for (const { at, input, reading } of entries) {
    const after = viewOf(update(before.state, input, reading));
    for (const { type } of eventsBetween(before, after)) {
      if (type === 'session-extended') extensions++;
      if (type === 'session-started' || type === 'session-ended') extensions = 0;
    }
    if (input.type === 'request-started') {
      const { request } = input;
      requests.push({ at, request, reason: reasonOf(before.state, request), result: '…' });
    } else {
      settle(requests, input);
    }
    before = after;
  }
  return { requests, extensions };
}

function viewOf(state: State): View {
  return { state, snapshot: derive(state) };
}

/** Adds the result to the request that the input answers. */
function settle(requests: RequestRecord[], input: Input): void {
  const result = resultOf(input);
  if (!result) return;
  const index = requests.findLastIndex(({ request }) => request === result.request);
  const record = requests[index];
  if (record?.result === '…') requests[index] = { ...record, result: result.text };
}

function resultOf(input: Input): { request: string; text: string } | null {
  switch (input.type) {
    case 'token':
      return { request: input.request, text: 'new token' };
    case 'session':
      if (input.isEvent) return null;
      return { request: 'session', text: input.session ? 'a session' : 'no session' };
    case 'extended':
      return { request: 'extend', text: input.session ? 'extended' : 'no session' };
    case 'cleared':
      return { request: 'clear', text: 'done' };
    case 'request-finished':
      return { request: input.request, text: 'not needed: another tab had the result' };
    case 'request-failed':
      return { request: input.request, text: input.error.code };
    default:
      return null;
  }
}
