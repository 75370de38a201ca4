import type { Environment } from '../environment.js';
import type { SignIn } from '../model/facts.js';
import type { InputOf } from '../model/input.js';
import { fingerprintOf, mergeSignIn } from '../model/merge.js';
import { latestStamp, noStamp, type Stamp, stampTime } from '../model/stamp.js';
import type { State } from '../model/state.js';
import { readSignIn } from './message.js';

/** A sign-in that was left takes no longer (ms). */
const longestLogin = 600_000;

/** What is stored: when the sign-in began, was extended and ended. No token, no claim, no readable user id. */
interface Stored {
  readonly signIn: SignIn;
  /** The end that the source was told of. */
  readonly cleared: Stamp;
  /** Device time less the wall clock when it was written, and that clock (ms). */
  readonly drift: number;
  readonly wall: number;
}

/** The timing facts in `localStorage`: they continue the same lifetimes after a reload or a browser restart. */
export class TimingStorage {
  readonly #env: Environment;
  readonly #key: string;
  #written = '';

  constructor(env: Environment, key: string) {
    this.#env = env;
    this.#key = key;
  }

  /** The stored sign-in in this page's device time, which is `ahead` of its wall clock (ms); `null`: none that can be read. */
  read(ahead: number): InputOf<'stored'> | null {
    const text = this.#env.storage?.read(this.#key);
    if (!text) return null;
    try {
      const { signIn, cleared, drift, wall } = JSON.parse(text) as Stored;
      // A wall clock that was set back since must not make a session younger.
      const now = ahead + Math.min(wall, this.#env.wallNow());
      const by = now - wall - drift;
      const { startedAt, extendedAt, ...rest } = readSignIn(signIn, wall);
      return {
        type: 'stored',
        clearedAt: now,
        signIn: { ...rest, startedAt: startedAt + by, extendedAt: extendedAt + by },
        cleared,
        loginStartedAt: this.signingIn,
      };
    } catch {
      return null;
    }
  }

  /** The stamp of a sign-in that is in progress in a tab of this browser; `''`: none. */
  get signingIn(): Stamp {
    const stamp = this.#env.storage?.read(`${this.#key}:login`) ?? noStamp;
    const isRecent = this.#env.wallNow() - stampTime(stamp) < longestLogin;
    return isRecent ? stamp : noStamp;
  }

  set signingIn(stamp: Stamp) {
    this.#env.storage?.write(`${this.#key}:login`, stamp);
  }

  /** Writes what has changed. Returns what another tab has stored that is not known here. */
  write({ cleared, clock, signIn }: State): InputOf<'stored'> | null {
    if (!signIn || signIn.id === noStamp) return null;
    const mine = { ...signIn, session: null, sessionStamp: noStamp };
    const written = fingerprintOf({ signIn: mine, tokens: {} }) + cleared;
    if (written === this.#written) return null;
    this.#written = written;
    // After a redirect no page says that the sign-in is done.
    if (signIn.id > this.signingIn) this.signingIn = noStamp;
    const drift = clock.device - clock.wall;
    const stored = this.read(drift);
    const merged = stored ? mergeSignIn(mine, stored.signIn) : mine;
    const stamps = [cleared, stored?.cleared ?? noStamp];
    const all: Stored = {
      signIn: merged ?? mine,
      cleared: latestStamp(...stamps),
      drift,
      wall: clock.wall,
    };
    this.#env.storage?.write(this.#key, JSON.stringify(all));
    const isKnown = fingerprintOf({ signIn: merged, tokens: {} }) + all.cleared === written;
    return isKnown ? null : stored;
  }
}
