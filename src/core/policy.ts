import { toMs } from './duration.js';
import type { Duration } from './types.js';

/**
 * When a session ends. Made by `absolute`, `rolling` and `hybrid`, all in ms; `source` is the default:
 * the session ends when its source says so.
 */
export type Policy =
  | { readonly kind: 'source'; readonly warnBefore: number }
  | {
      readonly kind: 'absolute';
      readonly lifetime: number | 'access-token';
      readonly warnBefore: number;
    }
  | {
      readonly kind: 'rolling' | 'hybrid';
      readonly idle?: number;
      readonly lifetime?: number;
      readonly warnBefore: number;
    };

interface Warning {
  /** How long before the end the user is warned. Default `'2m'`, at least `'20s'` (WCAG 2.2.1). */
  warnBefore?: Duration;
}

const defaultWarning = 120_000;
const shortestWarning = 20_000;

export const sourcePolicy: Policy = Object.freeze({ kind: 'source', warnBefore: defaultWarning });

/**
 * A fixed end. With `'access-token'` the session ends with its access token, which is then never
 * refreshed silently. Throws a `TypeError` for a bad duration.
 * @example absolute({ lifetime: '8h' })
 */
export function absolute(options: { lifetime: Duration | 'access-token' } & Warning): Policy {
  const { lifetime } = options;
  if (lifetime === 'access-token') {
    return Object.freeze({
      kind: 'absolute',
      lifetime,
      warnBefore: warning(options.warnBefore, []),
    });
  }
  const ms = toMs(lifetime, 'absolute({ lifetime })');
  return Object.freeze({
    kind: 'absolute',
    lifetime: ms,
    warnBefore: warning(options.warnBefore, [ms]),
  });
}

/**
 * A session that the user's activity extends, up to `lifetime`. Throws a `TypeError` for a bad duration.
 * @example rolling({ idle: '30m', lifetime: '12h' })
 */
export function rolling(options: { idle: Duration; lifetime?: Duration } & Warning): Policy {
  if (options.idle === undefined) {
    throw new TypeError(
      'rolling() needs { idle }, the time without activity after which the session ends, say "30m".',
    );
  }
  return movable('rolling', options);
}

/**
 * A rolling session that also ends when the source refuses a new access token for good. Throws a `TypeError` for a bad duration.
 * @example hybrid({ idle: '30m' })
 */
export function hybrid(options: { idle?: Duration; lifetime?: Duration } & Warning = {}): Policy {
  return movable('hybrid', options);
}

function movable(
  kind: 'rolling' | 'hybrid',
  options: { idle?: Duration; lifetime?: Duration } & Warning,
): Policy {
  const idle = options.idle === undefined ? {} : { idle: toMs(options.idle, `${kind}({ idle })`) };
  const lifetime =
    options.lifetime === undefined
      ? {}
      : { lifetime: toMs(options.lifetime, `${kind}({ lifetime })`) };
  const lives = [...Object.values(idle), ...Object.values(lifetime)];
  return Object.freeze({
    kind,
    ...idle,
    ...lifetime,
    warnBefore: warning(options.warnBefore, lives),
  });
}

function warning(warnBefore: Duration | undefined, lives: number[]): number {
  if (warnBefore === undefined) return defaultWarning;
  const ms = toMs(warnBefore, 'warnBefore');
  if (ms < shortestWarning) {
    throw new TypeError(
      `warnBefore is ${ms} ms. A user needs at least 20 s to answer a warning (WCAG 2.2.1): use "20s" or more.`,
    );
  }
  if (lives.some((life) => ms >= life)) {
    throw new TypeError(
      `warnBefore (${ms} ms) is not shorter than the session it warns of: make it shorter, or leave it out.`,
    );
  }
  return ms;
}

/** Throws a `TypeError` unless it came from `absolute`, `rolling` or `hybrid`. */
export function checkPolicy(policy: unknown): asserts policy is Policy {
  const { kind, warnBefore } = Object(policy) as Partial<Policy>;
  const known = kind === 'absolute' || kind === 'rolling' || kind === 'hybrid' || kind === 'source';
  if (known && typeof warnBefore === 'number') return;
  throw new TypeError(
    'The policy is not one that session-clock knows. Make it with absolute(), rolling() or hybrid(), or leave it out.',
  );
}
