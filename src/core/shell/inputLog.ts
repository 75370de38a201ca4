import type { Reading } from '../model/config.js';
import type { Input } from '../model/input.js';
import { fingerprint } from '../model/user.js';
import type { Instant } from '../types.js';

/** So many inputs are kept. */
const longest = 200;

/** One input of the client, with what was read from the device then. Plain JSON, without a token. */
export interface LogEntry {
  readonly at: Instant;
  readonly reading: Reading;
  readonly input: unknown;
}

/** The latest inputs of a client, oldest first. */
export class InputLog {
  readonly #entries: { input: Input; reading: Reading }[] = [];

  add(input: Input, reading: Reading): void {
    this.#entries.push({ input, reading });
    if (this.#entries.length > longest) this.#entries.shift();
  }

  /** A copy as JSON: tokens and claims are replaced, users can still be told apart. */
  read(): LogEntry[] {
    return this.#entries.map(({ input, reading }) => ({
      at: reading.wall,
      reading,
      input: JSON.parse(JSON.stringify(input, redact)) as unknown,
    }));
  }
}

/** What may not leave the device is replaced by a fingerprint. */
function redact(this: unknown, key: string, value: unknown): unknown {
  if (key === 'value' && typeof value === 'string') return fingerprint(value);
  if (key === 'user' && typeof value === 'object' && value !== null) {
    return { sub: fingerprint(String((value as { sub?: unknown }).sub)) };
  }
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value instanceof Error) {
    const { code, message, retryAfter } = value as Error & { code?: unknown; retryAfter?: unknown };
    return { code, message, retryAfter };
  }
  return value;
}
