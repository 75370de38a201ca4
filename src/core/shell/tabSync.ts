import type { Facts } from '../model/facts.js';
import { fingerprintOf } from '../model/merge.js';
import { isShared, sharedFacts } from '../model/sharedFacts.js';
import { requestOf } from '../model/state.js';
import { wantedTokens } from '../model/wantedTokens.js';
import type { ClientContext } from './context.js';
import { callSafely } from './listeners.js';
import { readMessage, writeMessage } from './message.js';
import type { TimingStorage } from './storage.js';
import { createTabChannel, type TabChannel } from './tabChannel.js';

/** Two tabs that publish at the same time receive each other's message within this time (ms). */
const crossingTime = 1_000;

/** Keeps the facts of this tab, of the other tabs and of the storage the same. */
export interface TabSync extends Pick<TabChannel, 'setOpen' | 'waitUntil'> {
  /** Publishes and stores the facts of this tab if the others may not have them. */
  publish(): void;
  /** Requests the facts of the other tabs. Resolves when one of them has answered, or after `ms`. */
  requestFacts(ms: number): Promise<void>;
}

export function createTabSync(
  { env, getState, dispatch, deviceNow, now }: ClientContext,
  name: string,
  shareTokens: boolean,
  storage: TimingStorage,
): TabSync {
  /** The fingerprint of the facts that the other tabs have, as far as is known. */
  let known = '';
  let sent = { print: '', at: 0 };
  let sentWanted = '';
  let received = 0;
  const { setOpen, post, waitUntil } = createTabChannel(env, name, receive);

  function receive(data: unknown): void {
    dispatch({ type: 'tick' });
    const message = readMessage(data, now());
    if (!message) return;
    const { facts, clock, confirmed, wall, wanted } = message;
    if (!facts) {
      dispatch({ type: 'sync-requested' });
      // Published at once, because a timer takes a second in a hidden page.
      known = '';
      sent.print = '';
      publish();
      return;
    }
    received++;
    known = fingerprintOf(facts);
    dispatch({ type: 'message', facts, clock, confirmed, wanted, age: env.wallNow() - wall });
  }

  function publish(): void {
    const state = getState();
    if (!isShared(state)) return;
    storage.write(state);
    if (state.isSuspended) return;
    const print = fingerprintOf(state);
    const at = env.monotonicNow();
    // Sent again after each refusal, because a message can be lost.
    const wanted = wantedTokens(state)
      .map((key) => `${key} ${requestOf(state, key).failures}`)
      .join();
    const isWanted = wanted !== '' && wanted !== sentWanted;
    sentWanted = wanted;
    // After messages of two tabs crossed, none of them is sent again.
    const isKnown = print === known || (print === sent.print && at - sent.at < crossingTime);
    if (isKnown && !isWanted) return;
    known = print;
    sent = { print, at };
    send(sharedFacts(state, shareTokens));
  }

  /** `null` requests the facts of the other tabs. */
  function send(facts: Facts | null): void {
    const wall = env.wallNow();
    const state = getState();
    const { clock, confirmed } = state;
    const { isServerTime, uncertainty } = clock;
    const serverNow = isServerTime && !uncertainty ? now() : null;
    const wanted = wantedTokens(state);
    const senderClock = { drift: deviceNow() - wall, serverNow, uncertainty };
    // A message that cannot be sent must not stop the update.
    callSafely(post, writeMessage({ facts, clock: senderClock, confirmed, wanted, wall }));
  }

  return {
    setOpen,
    waitUntil,
    publish,
    requestFacts(ms) {
      const before = received;
      send(null);
      return waitUntil(ms, () => received > before);
    },
  };
}
