import type { Environment } from './environment.js';
import type { Instant } from './types.js';

/** By how many ms instants of our own reckoning were wrong. */
export interface Shift {
  /** Less what may only take back a sleep that never was, but a clock set forward. */
  readonly surely: number;
  /** Where the sleep may have been real. */
  readonly atMost: number;
}

/** A sleep that may have been none, but a clock set forward. */
export interface Doubt {
  /** For how long (ms). */
  readonly slept: number;
  /** When it began. */
  readonly from: Instant;
}

const noShift: Shift = { surely: 0, atMost: 0 };

/** Wall time ahead of monotonic time by more than this means sleep, or a clock set forward (ms). */
const sleepThreshold = 2_000;

/**
 * The server's time as far as it is known. Time goes on by whichever of the device's two clocks
 * ran further: the monotonic one stands still in sleep, the wall clock may be set back. So it never
 * runs behind, and what is dead never looks alive.
 */
export class Clock {
  readonly #env: Environment;
  #base: { at: Instant; wall: number; monotonic: number };
  /** Sleep that was inferred since the server last told its time; it may turn out a clock set forward. */
  #inferredSleep = 0;
  /** When it began. */
  #sleptFrom: Instant = 0;
  #untakenSleep = 0;
  #toldByServer = false;

  constructor(env: Environment) {
    this.#env = env;
    const wall = env.wallNow();
    this.#base = { at: wall, wall, monotonic: env.monotonicNow() };
  }

  /** Epoch ms, on the server's clock. */
  now(): Instant {
    return this.#base.at + Math.max(...this.#elapsed());
  }

  /** Whether a server has told its time. Until then the device's word is all there is. */
  get toldByServer(): boolean {
    return this.#toldByServer;
  }

  /** Whether it slept, or its clock was set forward, and no server has told the time since. */
  get inDoubt(): boolean {
    return this.#inferredSleep > 0;
  }

  get doubt(): Doubt | null {
    return this.inDoubt ? { slept: this.#inferredSleep, from: this.#sleptFrom } : null;
  }

  /** Goes by another tab's clock, which has run for longer, and shares its doubt. */
  follow(now: Instant, doubt: Doubt | null): void {
    this.#setBase(now);
    this.#inferredSleep = doubt?.slept ?? 0;
    this.#sleptFrom = doubt?.from ?? 0;
  }

  /** Whether what was issued at `issuedAt`, in whole seconds, was so after the sleep that is in doubt. */
  isSinceDoubt(issuedAt: Instant): boolean {
    return this.inDoubt && issuedAt >= this.#sleptFrom - 1_000;
  }

  /** For how long the device seems to have slept since this was asked last, or 0 (ms). */
  takeSleep(): number {
    this.check();
    const slept = this.#untakenSleep;
    this.#untakenSleep = 0;
    return slept;
  }

  /** Takes a fresh look at the device's clocks. */
  check(): void {
    const [byWall, byMonotonic] = this.#elapsed();
    const from = this.#base.at + byMonotonic;
    this.#setBase(this.now());
    const slept = byWall - byMonotonic;
    if (slept <= sleepThreshold) return;
    if (!this.inDoubt) this.#sleptFrom = from;
    this.#inferredSleep += slept;
    this.#untakenSleep += slept;
  }

  /**
   * Learns the server's time, say from an answer's `Date` header (whole seconds, RFC 9110 §6.6.1):
   * `serverNow` is the latest that it can be, so that ours does not run behind it. Nothing has
   * shifted when the two clocks agree within `tolerance`.
   */
  learn(serverNow: Instant, tolerance: number): Shift {
    this.check();
    const correction = serverNow - this.now();
    const takenBack = Math.min(Math.max(-correction, 0), this.#inferredSleep);
    // Where the server had set us right before, we were never ahead of it but by a sleep that was none.
    const doubt = this.#toldByServer ? 0 : takenBack;
    this.#inferredSleep = 0;
    this.#toldByServer = true;
    if (Math.abs(correction) <= tolerance) return noShift;
    this.#setBase(serverNow);
    const surely = correction + takenBack;
    if (Math.abs(surely - doubt) <= tolerance) return noShift;
    return { surely: Math.abs(surely) <= tolerance ? 0 : surely, atMost: surely - doubt };
  }

  #elapsed(): [byWall: number, byMonotonic: number] {
    const { wall, monotonic } = this.#base;
    return [this.#env.wallNow() - wall, this.#env.monotonicNow() - monotonic];
  }

  #setBase(at: Instant): void {
    this.#base = { at, wall: this.#env.wallNow(), monotonic: this.#env.monotonicNow() };
  }
}

/** The platform's `fetch`, which also tells the clock what the server's time is. */
export function clockSettingFetch(
  env: Environment,
  clock: Clock,
  onShift: (shift: Shift) => void,
): typeof fetch {
  return async (input, init) => {
    const sentAt = env.monotonicNow();
    const response = await env.fetch(input, init);
    const roundTrip = env.monotonicNow() - sentAt;
    // A cached answer bears the date of its making, not of its coming.
    const date = response.headers.has('Age')
      ? Number.NaN
      : Date.parse(response.headers.get('Date') ?? '');
    if (Number.isFinite(date)) {
      onShift(clock.learn(date + 1_000 + roundTrip, 1_000 + roundTrip));
    }
    return response;
  };
}
