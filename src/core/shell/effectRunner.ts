import { makeError } from '../errorMessages.js';
import type { SessionError } from '../errors.js';
import { never } from '../model/clock.js';
import type { Input } from '../model/input.js';
import type { Schedule } from '../model/schedule.js';
import type { ClientContext } from './context.js';

/** A timer that stops while the device sleeps fires late by that time, so none is longer (ms). */
const longestTimer = 30_000;

/**
 * Keeps the effects running that the schedule names: starts those that do not run yet, aborts those that
 * are no longer named, and sets the one timer.
 */
export function createEffectRunner(
  { env, dispatch, getState }: ClientContext,
  run: (request: string, signal: AbortSignal) => Promise<Input>,
): (schedule: Schedule) => void {
  const running = new Map<string, AbortController>();
  let cancelTimer = (): void => {};

  function start(effect: string): void {
    const request = effect.slice(0, effect.lastIndexOf('#'));
    const controller = new AbortController();
    running.set(effect, controller);
    if (request !== 'sync') dispatch({ type: 'request-started', request });
    const finish = (input: Input): void => {
      // The result of an aborted effect is not used.
      if (running.get(effect) !== controller) return;
      running.delete(effect);
      dispatch(input);
    };
    run(request, controller.signal).then(finish, (error: SessionError) =>
      finish({ type: 'request-failed', request, error }),
    );
  }

  return ({ effects, wakeAt }) => {
    for (const [effect, controller] of [...running]) {
      if (effects.includes(effect)) continue;
      running.delete(effect);
      controller.abort(makeError('stopped'));
    }
    for (const effect of effects) if (!running.has(effect)) start(effect);
    cancelTimer();
    if (wakeAt === never) return;
    const wait = Math.max(Math.ceil(wakeAt - getState().clock.device), 0);
    cancelTimer = env.setTimer(Math.min(wait, longestTimer), () => dispatch({ type: 'tick' }));
  };
}
