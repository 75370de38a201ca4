import type { Instant } from '../types.js';

/**
 * Our own instants are kept in device time, the server's dates in server time; they are converted when
 * they are read, so a correction of the clock makes no stored instant wrong.
 */
export interface Clock {
  /** Device time at the latest reading (epoch ms). */
  readonly device: number;
  /** The latest reading of the device's two clocks (ms). */
  readonly wall: number;
  readonly monotonic: number;
  /** Server time less device time (ms). */
  readonly offset: number;
  /** Whether a server has told its time. */
  readonly isServerTime: boolean;
  /** Sleep that was inferred since then. It may have been a wall clock that was set forward. */
  readonly uncertainty: Uncertainty | null;
}

export interface Uncertainty {
  /** How much sleep was inferred (ms). */
  readonly slept: number;
  /** When it began (device time). */
  readonly since: number;
}

/** What a message tells of its sender's clock. */
export interface SenderClock {
  /** The sender's device time less the wall clock, which all tabs read (ms). */
  readonly drift: number;
  /** The server's time where the sender is certain of it: the latest that it can be (epoch ms). */
  readonly serverNow: Instant | null;
  readonly uncertainty: Uncertainty | null;
}

/** The device's two clocks (ms). */
export interface ClockReading {
  readonly wall: number;
  readonly monotonic: number;
}

/** Wall time ahead of monotonic time by more than this is sleep, or a wall clock that was set forward (ms). */
const sleepThreshold = 2_000;

export function startClock({ wall, monotonic }: ClockReading): Clock {
  return { device: wall, wall, monotonic, offset: 0, isServerTime: false, uncertainty: null };
}

/**
 * Device time. It advances by whichever of the two clocks advanced more: the monotonic one may stop
 * during sleep, the wall clock may be set back. So an expired token never looks valid.
 */
export function deviceNow(clock: Clock, at: ClockReading): number {
  return clock.device + Math.max(at.wall - clock.wall, at.monotonic - clock.monotonic);
}

/** The server's time as far as it is known (epoch ms). */
export function serverNow({ device, offset }: Clock): Instant {
  return device + offset;
}

/** The device time of a tab that has run for longer, and its uncertainty. */
export function followClock(clock: Clock, { drift, uncertainty }: SenderClock): Clock {
  const device = Math.max(clock.device, clock.wall + drift);
  return { ...clock, device, uncertainty: uncertainty ?? clock.uncertainty };
}

/** The clock after a new reading, and for how long the device seems to have slept before it (ms). */
export function advance(clock: Clock, at: ClockReading): { clock: Clock; slept: number } {
  const { wall, monotonic } = at;
  const ahead = wall - clock.wall - (monotonic - clock.monotonic);
  const slept = ahead > sleepThreshold ? ahead : 0;
  const since = clock.device + monotonic - clock.monotonic;
  const { uncertainty: before } = clock;
  const uncertainty =
    slept > 0 ? { slept: slept + (before?.slept ?? 0), since: before?.since ?? since } : before;
  return {
    slept,
    clock: { ...clock, device: deviceNow(clock, at), wall, monotonic, uncertainty },
  };
}

/**
 * The server told its time: `latest` is the latest that it can be now (epoch ms), `tolerance` how much
 * earlier it may be (ms). `takenBack` is the inferred sleep that was none.
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
