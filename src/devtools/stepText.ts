import type { Input } from '../core/model/input.js';
import type { Session } from '../core/types.js';
import { toTimeOfDay } from './events.js';

/** A short text with the data of an input of a redacted log. */
export function detailOfInput(input: Input): string {
  switch (input.type) {
    case 'request-started':
    case 'request-finished':
    case 'requested':
      return input.request;
    case 'request-failed':
      return `${input.request}: ${input.error.code}`;
    case 'token':
      return `${input.request} ${untilText(input.token.expiresAt)}`;
    case 'session':
    case 'extended':
      return userText(input.session);
    case 'message':
      return userText(input.facts.signIn?.session ?? null);
    case 'server-time':
      return toTimeOfDay(input.latest);
    case 'ended':
      return input.reason;
    case 'act':
      return input.kind;
    case 'retained':
      return `${input.request} ${change(input.by)}`;
    case 'prompt':
      return `${input.prompt} ${change(input.by)}`;
    case 'call':
      return input.call.key;
    case 'call-met':
      return input.key;
    default:
      return '';
  }
}

function untilText(expiresAt: number | undefined): string {
  return expiresAt === undefined ? '' : `until ${toTimeOfDay(expiresAt)}`;
}

/** The log has a fingerprint in place of the user. */
function userText(session: Session | null): string {
  return session ? `user ${String(session.user['key'])}` : 'no session';
}

function change(by: 1 | -1): string {
  return by > 0 ? 'added' : 'removed';
}

/** A smaller or greater number is no time of these decades (ms). */
const [earliest, latest] = [1_000_000_000_000, 10_000_000_000_000];

/** A value of the state. An instant is shown as the time of day. */
export function valueText(value: unknown): string {
  const isInstant = typeof value === 'number' && value > earliest && value < latest;
  if (isInstant) return toTimeOfDay(value);
  return JSON.stringify(value, withText) ?? 'none';
}

/** What JSON lacks, as text. */
function withText(_key: string, value: unknown): unknown {
  if (value instanceof Error) return 'code' in value ? value.code : value.message;
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
