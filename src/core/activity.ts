import type { Environment } from './environment.js';

/** Two signs within this time are one (ms). */
const oneSign = 1_000;

/**
 * The signs of a person at this page: pointer, key, touch, wheel, scroll, and the page coming into
 * view. One set of listeners, however many hooks; what a page does by itself is none of them.
 */
export function watchActivity(env: Environment, onSign: () => void): () => void {
  let latest = Number.NEGATIVE_INFINITY;
  return env.onActivity(() => {
    const now = env.monotonicNow();
    if (now - latest < oneSign || !env.isVisible()) return;
    latest = now;
    onSign();
  });
}
