import type { Instant } from '../types.js';

/** An instant that never comes, and one before all others. */
export const never: number = Number.POSITIVE_INFINITY;
export const longAgo: number = -never;

/**
 * The client's own instants are device time, the dates of a server are server time. They are converted when
 * they are read, so that a correction of the clock makes no stored instant wrong.
 */
export interface Clock extends ClockReading {
  /** Device time at the latest reading (epoch ms). */
  readonly device: number;
  /** Server time less device time (ms). */
  readonly offset: number;
  /** Whether the server's time is known. */
  readonly isServerTime: boolean;
  /** The sleep that was inferred since; it may have been a wall clock that was set forward. */
  readonly uncertainty: Uncertainty | null;
}

export interface Uncertainty {
  /** The length of the inferred sleep (ms). */
  readonly slept: number;
  /** Its beginning (device time). */
  readonly since: number;
}

/** The clock of the tab that sent a message. */
export interface SenderClock {
  /** The sender's device time less the wall clock, which is the same in all tabs (ms). */
  readonly drift: number;
  /** The latest that the server's time can be (epoch ms); `null`: the sender is not certain of it. */
  readonly serverNow: Instant | null;
  readonly uncertainty: Uncertainty | null;
}

/** The latest reading of the device's two clocks (ms). */
interface ClockReading {
  readonly wall: number;
  readonly monotonic: number;
}

/** If wall time is ahead of monotonic time by more, the device slept or its wall clock was set forward (ms). */
const sleepThreshold = 2_000;

export function startClock({ wall, monotonic }: ClockReading): Clock {
  return { device: wall, wall, monotonic, offset: 0, isServerTime: false, uncertainty: null };
}

/**
 * Device time. It advances by the clock that advanced more: the monotonic one may stop during sleep, the
 * wall clock may be set back. So an expired token never looks valid.
 */
export function deviceNow(clock: Clock, at: ClockReading): number {
  return clock.device + Math.max(at.wall - clock.wall, at.monotonic - clock.monotonic);
}

/** The server's time as far as it is known (epoch ms). */
export function serverNow({ device, offset }: Clock): Instant {
  return device + offset;
}

/** The clock with the device time and the uncertainty of a tab that has run for longer. */
export function followClock(clock: Clock, { drift, uncertainty }: SenderClock): Clock {
  const device = Math.max(clock.device, clock.wall + drift);
  return { ...clock, device, uncertainty: uncertainty ?? clock.uncertainty };
}

/** The clock after a new reading, and the sleep that is inferred before it (ms). */
export function advance(clock: Clock, at: ClockReading): { clock: Clock; slept: number } {
  const { wall, monotonic } = at;
  const ahead = wall - clock.wall - (monotonic - clock.monotonic);
  const slept = ahead > sleepThreshold ? ahead : 0;
  const since = clock.device + monotonic - clock.monotonic;
  const before = clock.uncertainty ?? { slept: 0, since };
  const uncertainty = slept > 0 ? { ...before, slept: slept + before.slept } : clock.uncertainty;
  const device = deviceNow(clock, at);
  return { slept, clock: { ...clock, device, wall, monotonic, uncertainty } };
}

/**
 * The clock after the server has stated its time: `latest` is the latest that it can be now (epoch ms),
 * `tolerance` how much earlier it may be (ms). `takenBack` is the part of the inferred sleep that was none.
 */
export function learnServerTime(
  clock: Clock,
  latest: Instant,
  tolerance: number,
): { clock: Clock; takenBack: number } {
  const certain = { ...clock, isServerTime: true, uncertainty: null };
  const correction = latest - serverNow(clock);
  if (Math.abs(correction) <= tolerance) return { clock: certain, takenBack: 0 };
  const takenBack = Math.min(Math.max(-correction, 0), clock.uncertainty?.slept ?? 0);
  const device = clock.device - takenBack;
  const rest = correction + takenBack;
  const offset = clock.offset + (Math.abs(rest) > tolerance ? rest : 0);
  return { clock: { ...certain, device, offset }, takenBack };
}
