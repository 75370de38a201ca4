import type { SessionError } from '../errors.js';
import type { Config, Reading } from '../model/config.js';
import type { Input } from '../model/input.js';
import type { State } from '../model/state.js';
import { fingerprint } from '../model/user.js';
import { omitUndefined } from '../omitUndefined.js';
import type { Instant, Session } from '../types.js';

/** The number of inputs that are kept. */
const maxEntries = 200;

/** One input of the client, and the reading of the device with it. */
export interface LogEntry {
  /** The device's clock (epoch ms). */
  readonly at: Instant;
  readonly reading: Reading;
  readonly input: { readonly type: string; readonly [field: string]: unknown };
}

/**
 * The latest inputs of a client, and the state from which they can be replayed. Plain JSON without
 * secrets: a token and a `sub` are replaced by a fingerprint, the other claims of a user by a number.
 * Equal values have equal replacements.
 */
export interface SessionLog {
  readonly version: 1;
  /** The number of inputs before the first entry. */
  readonly skipped: number;
  /** The state before the first entry; its `config` has the options of the client. */
  readonly state: { readonly [field: string]: unknown };
  /** Oldest first; at most 200. */
  readonly entries: readonly LogEntry[];
}

interface Step {
  readonly input: Input;
  readonly reading: Reading;
  readonly before: State;
}

export interface InputLog {
  /** `before`: the state before the input. */
  add(input: Input, reading: Reading, before: State): void;
  /** `state`: the current one. */
  read(state: State): SessionLog;
}

export function createInputLog(): InputLog {
  const steps: Step[] = [];
  let skipped = 0;
  return {
    add(input, reading, before) {
      if (steps.push({ input, reading, before }) <= maxEntries) return;
      steps.shift();
      skipped++;
    },
    read(state) {
      const log = {
        version: 1,
        skipped,
        state: steps[0]?.before ?? state,
        entries: steps.map(({ input, reading }) => ({ at: reading.wall, reading, input })),
      };
      return redact(log, state.config) as SessionLog;
    },
  };
}

/**
 * A copy as JSON without secrets; `src/replay` restores the values that JSON does not support. The user's
 * key is added beside the `sub`, because the claims that it is computed from are removed.
 */
export function redact(value: unknown, { userOf }: Pick<Config, 'userOf'>): unknown {
  const seen: unknown[] = [];
  const numberOf = (one: unknown): number => seen.indexOf(one) + 1 || seen.push(one);
  const replace = (key: string, field: unknown): unknown => {
    if ((key === 'value' || key === 'sub') && typeof field === 'string') return fingerprint(field);
    if (field === undefined || (typeof field === 'number' && !Number.isFinite(field))) {
      return { $value: String(field) };
    }
    if (field instanceof Error) {
      const { code, message, retryAfter } = field as SessionError;
      // Numbered, because the model compares errors by identity.
      return { $error: numberOf(field), ...omitUndefined({ code, message, retryAfter }) };
    }
    const session = Object(field) as Session;
    const { user } = session;
    if (Object(user) !== user) return field;
    const claims = numberOf(JSON.stringify(user));
    return { ...session, user: { sub: user.sub, key: userOf(session), claims } };
  };
  return JSON.parse(JSON.stringify(value, replace));
}
