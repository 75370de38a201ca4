import { type SignIn, shiftSignIn, withInstantsOf } from '../model/facts.js';
import type { InputOf } from '../model/input.js';
import { fingerprintOf, mergeSignIn } from '../model/merge.js';
import { latestStamp, noStamp, type Stamp, stampTime } from '../model/stamp.js';
import type { Act, State } from '../model/state.js';
import type { ClientContext } from './context.js';
import { type Checks, isFinite, isStampOrNone, pick } from './fieldChecks.js';
import { readSignIn } from './message.js';

/** After this time an unfinished sign-in no longer counts (ms). */
const longestLogin = 600_000;

/** The stored JSON: when the sign-in began, was extended and ended. No token, no claim, no readable user id. */
interface Stored {
  readonly signIn: SignIn;
  /** The stamp of the end for which `source.clear()` was called. */
  readonly cleared: Stamp;
  /** Device time less wall clock at the time of the write (ms). */
  readonly drift: number;
  /** The wall clock at the time of the write (epoch ms). */
  readonly wall: number;
}

const storedFields: Checks<Omit<Stored, 'signIn'>> = {
  cleared: isStampOrNone,
  drift: isFinite,
  wall: isFinite,
};

/** The timing facts in `localStorage`, which continue the same lifetimes after a reload or a browser restart. */
export interface TimingStorage {
  /** Dispatches the stored facts, if they can be read. */
  restore(): void;
  /** Stores the facts of `state` if they have changed. Dispatches facts of another tab that are not in `state`. */
  write(state: State): void;
  /** The stamp at which the user was sent to sign in, by any tab of this browser; `''`: no sign-in is in progress. */
  readLogin(): Stamp;
  writeAct(act: Act): void;
}

export function createStorage(
  { env, deviceNow, dispatch }: ClientContext,
  key: string,
): TimingStorage {
  const { storage } = env;
  const loginKey = `${key}:login`;
  /** The fingerprint of the facts that this tab has written. */
  let writtenPrint = '';
  let wasSuspended = false;

  /** The stored facts in device time, which is `drift` ahead of the wall clock (ms); `null`: none that can be read. */
  function read(drift: number): InputOf<'stored'> | null {
    const text = storage?.read(key);
    if (!text) return null;
    try {
      const json = JSON.parse(text) as Stored;
      const { cleared, ...written } = pick<Omit<Stored, 'signIn'>>(json, storedFields);
      // If the wall clock was set back since, the session does not become younger.
      const now = drift + Math.min(written.wall, env.wallNow());
      const by = now - written.wall - written.drift;
      return {
        type: 'stored',
        signIn: shiftSignIn(readSignIn(json.signIn, written.wall), by),
        cleared,
        clearedAt: now,
        loginStartedAt: readLogin(),
      };
    } catch {
      return null;
    }
  }

  function readLogin(): Stamp {
    const stamp = storage?.read(loginKey) ?? noStamp;
    // Not a number, and so not recent, if the entry is damaged.
    return env.wallNow() - stampTime(stamp) < longestLogin ? stamp : noStamp;
  }

  function writeLogin(stamp: Stamp): void {
    storage?.write(loginKey, stamp);
  }

  function restore(): void {
    const stored = read(deviceNow() - env.wallNow());
    if (stored) dispatch(stored);
  }

  function write({ cleared, clock, isSuspended, signIn }: State): void {
    if (!signIn) return;
    const own = { ...signIn, session: null, sessionStamp: noStamp };
    const print = printOf(own, cleared);
    // A page that may be unloaded writes the wall clock, which may be set back before the next page.
    const mayUnload = isSuspended && !wasSuspended;
    wasSuspended = isSuspended;
    if (print === writtenPrint && !mayUnload) return;
    writtenPrint = print;
    // After a redirect, no page reports that the sign-in is complete.
    if (signIn.id > readLogin()) writeLogin(noStamp);
    const { device, wall } = clock;
    const drift = device - wall;
    const stored = read(drift);
    const merged = mergeSignIn(own, stored && withInstantsOf(stored.signIn, own)) ?? own;
    const latest = latestStamp(cleared, stored?.cleared);
    const all: Stored = { signIn: merged, cleared: latest, drift, wall };
    storage?.write(key, JSON.stringify(all));
    if (stored && printOf(merged, latest) !== print) dispatch(stored);
  }

  return {
    restore,
    write,
    readLogin,
    writeAct({ kind, since }) {
      const isSigningIn = kind === 'signing-in' || kind === 'signed-in';
      writeLogin(isSigningIn ? since : noStamp);
    },
  };
}

function printOf(signIn: SignIn, cleared: Stamp): string {
  return fingerprintOf({ signIn, tokens: {} }) + cleared;
}
