import type { Reading } from '../core/model/config.js';
import type { Input, InputType } from '../core/model/input.js';
import type { State } from '../core/model/state.js';
import type { Instant, Session } from '../core/types.js';
import { revive } from './revive.js';

/** A log with the values and functions that JSON lacks. */
export interface RevivedLog {
  /** The state before the first entry. */
  readonly state: State;
  readonly entries: readonly RevivedEntry[];
}

export interface RevivedEntry {
  readonly at: Instant;
  readonly reading: Reading;
  readonly input: Input;
}

/** A record, so that a missing type is a compile error. */
const inputTypes: Readonly<Record<InputType, true>> = {
  started: true,
  stored: true,
  stopped: true,
  suspended: true,
  resumed: true,
  tick: true,
  activity: true,
  'sync-requested': true,
  synced: true,
  message: true,
  'server-time': true,
  'request-started': true,
  'request-finished': true,
  'request-failed': true,
  requested: true,
  'errors-cleared': true,
  session: true,
  extended: true,
  token: true,
  cleared: true,
  'late-answer': true,
  ended: true,
  act: true,
  retained: true,
  prompt: true,
  call: true,
  'call-abandoned': true,
  'login-cancelled': true,
  'call-met': true,
  'requirement-met': true,
};

const exportAgain =
  'Pass what client.getLog() returned, or JSON.parse() of the text that was saved of it.';

/** Checks the log and restores what JSON lacks. Throws a `TypeError` that says what is wrong and what to do. */
export function readLog(json: unknown): RevivedLog {
  if (typeof json === 'string') {
    throw new TypeError('The log is text. Pass JSON.parse(text) instead.');
  }
  if (Array.isArray(json)) {
    throw new TypeError('The log is a list. Pass the log of one client at a time.');
  }
  if (!isRecord(json)) throw new TypeError(`The log is ${json}. ${exportAgain}`);
  const { version } = json;
  if (version === undefined) throw new TypeError(`The log has no version. ${exportAgain}`);
  if (version !== 1) {
    throw new TypeError(
      `The log has version ${JSON.stringify(version)}, and this release of session-clock reads version 1. Replay it with the release that wrote it.`,
    );
  }
  const { state, entries } = revive(json) as Partial<RevivedLog>;
  if (!isRecord(state)) throw new TypeError(`The log has no state. ${exportAgain}`);
  if (!isRecord(state.config)) throw new TypeError(`The log has no config. ${exportAgain}`);
  if (!Array.isArray(entries)) throw new TypeError(`The log has no entries. ${exportAgain}`);
  for (const [index, entry] of entries.entries()) checkEntry(entry, index);
  return { state: { ...state, config: { ...state.config, userOf } }, entries };
}

/** The key that was recorded in place of the claims. */
function userOf({ user }: Session): string {
  return String(user['key']);
}

function checkEntry(entry: unknown, index: number): void {
  const { at, reading, input } = Object(entry) as Partial<RevivedEntry>;
  const { wall, monotonic, random } = Object(reading) as Partial<Reading>;
  if (![at, wall, monotonic, random].every(Number.isFinite)) {
    throw new TypeError(`Entry ${index} of the log has no complete reading. ${exportAgain}`);
  }
  const { type } = Object(input) as Partial<Input>;
  if (type === undefined || !Object.hasOwn(inputTypes, type)) {
    throw new TypeError(
      `Entry ${index} of the log has an input of the unknown type ${JSON.stringify(type)}. Replay it with the release of session-clock that wrote it.`,
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
