import { describe, expect, it } from 'vitest';
import {
  advance,
  type Clock,
  deviceNow,
  learnServerTime,
  serverNow,
  startClock,
} from '../../../src/core/model/clock.js';
import { start } from './support.js';

const hour = 3_600_000;
const started = startClock({ wall: start, monotonic: 0 });

/** The clock after `wall` ms by the wall clock and `monotonic` ms by the monotonic clock. */
function after(clock: Clock, wall: number, monotonic: number): ReturnType<typeof advance> {
  return advance(clock, { wall: clock.wall + wall, monotonic: clock.monotonic + monotonic });
}

describe('device time', () => {
  it('includes the time that the device sleeps, which is returned as slept', () => {
    const { clock, slept } = after(started, 8 * hour, 0);
    expect([clock.device, slept]).toEqual([start + 8 * hour, 8 * hour]);
    expect(after(clock, 1_000, 1_000).slept).toBe(0);
  });

  it('does not count a small difference of the two clocks as sleep', () => {
    expect(after(started, 2_000, 0).slept).toBe(0);
    expect(after(started, 2_001, 0).slept).toBe(2_001);
  });

  it('does not go back when the wall clock is set back', () => {
    const { clock, slept } = after(started, -2 * hour, 1_000);
    expect([clock.device, slept]).toEqual([start + 1_000, 0]);
    expect(deviceNow(clock, { wall: clock.wall + 500, monotonic: clock.monotonic + 500 })).toBe(
      start + 1_500,
    );
  });

  it('adds up the sleep that the server has not confirmed, since its beginning', () => {
    const once = after(after(started, 1_000, 1_000).clock, hour, 0).clock;
    const twice = after(once, hour, 0).clock;
    expect(twice.uncertainty).toEqual({ slept: 2 * hour, since: start + 1_000 });
  });
});

describe('the server’s time', () => {
  it.each([2 * hour, -2 * hour, 24 * hour, -24 * hour])(
    'is learned when the device clock is wrong by %d ms, and does not change device time',
    (clockError) => {
      const { clock, takenBack } = learnServerTime(started, start - clockError, 1_000);
      expect([serverNow(clock), clock.device, takenBack]).toEqual([start - clockError, start, 0]);
      expect(clock.isServerTime).toBe(true);
    },
  );

  it('does not change within the resolution of a Date header', () => {
    for (const error of [1_000, -1_000]) {
      expect(serverNow(learnServerTime(started, start + error, 1_000).clock)).toBe(start);
    }
    expect(serverNow(learnServerTime(started, start + 1_001, 1_000).clock)).toBe(start + 1_001);
  });

  it('undoes a sleep that was in fact a wall clock set forward', () => {
    const ahead = after(started, 2 * hour, 0).clock;
    const { clock, takenBack } = learnServerTime(ahead, start, 1_000);
    expect([clock.device, clock.offset, takenBack]).toEqual([start, 0, 2 * hour]);
    expect(clock.uncertainty).toBeNull();
  });

  it('undoes at most the time that the device seems to have slept', () => {
    const ahead = after(started, hour, 0).clock;
    const { clock, takenBack } = learnServerTime(ahead, start - hour, 1_000);
    expect([clock.device, clock.offset, takenBack]).toEqual([start, -hour, hour]);
  });

  it('confirms a real sleep', () => {
    const slept = after(started, 8 * hour, 0).clock;
    const { clock, takenBack } = learnServerTime(slept, start + 8 * hour, 1_000);
    expect([clock.device, takenBack, clock.uncertainty]).toEqual([start + 8 * hour, 0, null]);
  });
});
