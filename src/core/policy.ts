import { toMs } from './duration.js';
import { invalidOption } from './invalidOption.js';
import type { Duration } from './types.js';

/**
 * When a session ends. Created by `absolute`, `rolling` and `hybrid`. The default policy has the kind
 * `source`: the session ends when its source states or reports the end.
 */
export interface Policy {
  readonly kind: 'source' | 'absolute' | 'rolling' | 'hybrid';
  /** The time without activity after which the session ends (ms); `null`: it has no idle end. */
  readonly idle: number | null;
  /** The longest duration of the session (ms); `'access-token'`: that of its token; `null`: unlimited. */
  readonly lifetime: number | 'access-token' | null;
  /** How long before the end the user is warned (ms). */
  readonly warnBefore: number;
}

interface Warning {
  /** How long before the end the user is warned. Default `'2m'`, at least `'20s'` (WCAG 2.2.1). */
  warnBefore?: Duration;
}

const defaultWarning = 120_000;
const shortestWarning = 20_000;

export const sourcePolicy: Policy = makePolicy('source', {});

/**
 * A session with a fixed end. With `'access-token'` it ends with its access token, which is never
 * refreshed silently. Throws a `TypeError` for an invalid duration.
 * @example absolute({ lifetime: '8h' })
 */
export function absolute(options: { lifetime: Duration | 'access-token' } & Warning): Policy {
  const { lifetime, warnBefore } = options;
  return makePolicy('absolute', {
    lifetime: lifetime === 'access-token' ? lifetime : toMs(lifetime, 'absolute({ lifetime })'),
    warnBefore,
  });
}

/**
 * A session that the user's activity extends, up to `lifetime`. Throws a `TypeError` for an invalid duration.
 * @example rolling({ idle: '30m', lifetime: '12h' })
 */
export function rolling(options: { idle: Duration; lifetime?: Duration } & Warning): Policy {
  if (options.idle === undefined) {
    throw new TypeError(
      'rolling() needs { idle }, the time without activity after which the session ends. Pass for example "30m".',
    );
  }
  return makePolicy('rolling', options);
}

/**
 * A rolling session that also ends when the source permanently refuses a new access token. Throws a
 * `TypeError` for an invalid duration.
 * @example hybrid({ idle: '30m' })
 */
export function hybrid(options: { idle?: Duration; lifetime?: Duration } & Warning = {}): Policy {
  return makePolicy('hybrid', options);
}

interface PolicyOptions {
  idle?: Duration;
  lifetime?: Duration | 'access-token';
  warnBefore?: Duration | undefined;
}

function makePolicy(kind: Policy['kind'], { idle, lifetime, warnBefore }: PolicyOptions): Policy {
  const toLife = (life: Duration | undefined, name: string): number | null =>
    life === undefined ? null : toMs(life, `${kind}({ ${name} })`);
  const lives = {
    idle: toLife(idle, 'idle'),
    lifetime: lifetime === 'access-token' ? lifetime : toLife(lifetime, 'lifetime'),
  };
  const warning =
    warnBefore === undefined ? defaultWarning : readWarning(warnBefore, Object.values(lives));
  return Object.freeze({ kind, ...lives, warnBefore: warning });
}

function readWarning(warnBefore: Duration, lives: readonly unknown[]): number {
  const ms = toMs(warnBefore, 'warnBefore');
  if (ms < shortestWarning) {
    throw invalidOption(
      'warnBefore',
      warnBefore,
      'Use "20s" or more: a user needs at least 20 s to answer a warning (WCAG 2.2.1).',
    );
  }
  if (lives.some((life) => typeof life === 'number' && ms >= life)) {
    throw invalidOption(
      'warnBefore',
      warnBefore,
      'The session lasts no longer than that: make it shorter, or omit it.',
    );
  }
  return ms;
}

/** Throws a `TypeError` for a value that is not a policy. */
export function checkPolicy(policy: unknown): asserts policy is Policy {
  const { kind, warnBefore } = Object(policy) as Partial<Policy>;
  const isKnown = ['absolute', 'rolling', 'hybrid', 'source'].includes(String(kind));
  if (isKnown && typeof warnBefore === 'number') return;
  throw new TypeError(
    'The policy is unknown. Create it with absolute(), rolling() or hybrid(), or omit it.',
  );
}
