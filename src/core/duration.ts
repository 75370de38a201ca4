import { invalidOption } from './invalidOption.js';
import type { Duration } from './types.js';

const unitInMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A duration in ms. Throws a `TypeError` that names `what` unless it is positive and finite. */
export function toMs(duration: Duration, what: string): number {
  const ms = typeof duration === 'number' ? duration : parse(duration);
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw invalidOption(
    what,
    duration,
    'Use a positive number of milliseconds, or text such as "90s" or "15m".',
  );
}

/** As `toMs()`, but 0 is valid. */
export function toMsOrZero(duration: Duration, what: string): number {
  return duration === 0 ? 0 : toMs(duration, what);
}

function parse(text: unknown): number {
  const [, amount, unit] = pattern.exec(String(text)) ?? [];
  return Number(amount) * unitInMs[unit as keyof typeof unitInMs];
}
