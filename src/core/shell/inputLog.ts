import type { SessionError } from '../errors.js';
import type { Config, Reading } from '../model/config.js';
import type { Input } from '../model/input.js';
import type { State } from '../model/state.js';
import { fingerprint } from '../model/user.js';
import { omitUndefined } from '../omitUndefined.js';
import type { Instant, Session } from '../types.js';

/** So many inputs are kept. */
const longest = 200;

/** One input of the client, and what the client read from the device at that moment. */
export interface LogEntry {
  /** The device's clock (epoch ms). */
  readonly at: Instant;
  readonly reading: Reading;
  readonly input: { readonly type: string; readonly [field: string]: unknown };
}

/**
 * The latest inputs of a client, and what is needed to replay them. Plain JSON without secrets: a token
 * and a `sub` are replaced by a fingerprint, the other claims of a user by a number. Equal values have
 * equal replacements.
 */
export interface SessionLog {
  readonly version: 1;
  /** How many inputs there were before the first entry. */
  readonly skipped: number;
  readonly config: { readonly [field: string]: unknown };
  /** The state before the first entry. */
  readonly state: { readonly [field: string]: unknown };
  /** Oldest first; at most 200. */
  readonly entries: readonly LogEntry[];
}

interface Step {
  readonly input: Input;
  readonly reading: Reading;
  /** The state before the input. */
  readonly before: State;
}

export class InputLog {
  readonly #steps: Step[] = [];
  #skipped = 0;

  add(input: Input, reading: Reading, before: State): void {
    if (this.#steps.push({ input, reading, before }) <= longest) return;
    this.#steps.shift();
    this.#skipped++;
  }

  /** `state`: the present one. */
  read({ config, state }: { config: Config; state: State }): SessionLog {
    const log = {
      version: 1,
      skipped: this.#skipped,
      config,
      state: this.#steps[0]?.before ?? state,
      entries: this.#steps.map(({ input, reading }) => ({ at: reading.wall, reading, input })),
    };
    return redact(log, config) as SessionLog;
  }
}

/**
 * A copy as JSON, from which `src/replay` restores what JSON lacks. What may not leave the device is
 * replaced; the user's key is kept beside the `sub`, because the claims that it is made of are not.
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
