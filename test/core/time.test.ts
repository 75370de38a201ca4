import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Alarm } from '../../src/core/alarm.js';
import { Clock, clockSettingFetch } from '../../src/core/clock.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

const hour = 3_600_000;
let env: TestEnvironment;
let clock: Clock;
let start: number;

beforeEach(() => {
  env = new TestEnvironment();
  clock = new Clock(env);
  start = env.wall;
});

describe('the clock', () => {
  it('counts the time that the device sleeps', () => {
    env.sleep(8 * hour);
    expect(clock.now()).toBe(start + 8 * hour);
    expect(clock.takeSleep()).toBe(8 * hour);
    expect(clock.takeSleep()).toBe(0);
  });

  it('goes on when the wall clock is set back', async () => {
    await env.advance(1_000);
    env.wall -= 2 * hour;
    await env.advance(1_000);
    expect(clock.now()).toBe(start + 2_000);
    expect(clock.takeSleep()).toBe(0);
  });

  it('takes a wall clock that was set forward for sleep, and is put right by the server', async () => {
    clock.learn(start, 1_000);
    env.wall += 2 * hour;
    expect(clock.now()).toBe(start + 2 * hour);
    // Facts from before were right all along, so nothing has to move.
    expect(clock.learn(start, 1_000)).toEqual({ surely: 0, atMost: 0 });
    expect(clock.now()).toBe(start);
  });

  it('leaves in doubt a sleep before the server’s first word: the clock may have been wrong from the start', () => {
    env.sleep(8 * hour);
    expect(clock.learn(start, 1_000)).toEqual({ surely: 0, atMost: -8 * hour });
    expect(clock.now()).toBe(start);
  });

  it.each([2 * hour, -2 * hour, 24 * hour, -24 * hour])(
    'learns the server’s time when the device is wrong by %d ms',
    (wrong) => {
      expect(clock.learn(start - wrong, 1_000)).toEqual({ surely: -wrong, atMost: -wrong });
      expect(clock.now()).toBe(start - wrong);
    },
  );

  it('is not moved by what a Date header cannot tell', () => {
    expect(clock.learn(start + 900, 1_000)).toEqual({ surely: 0, atMost: 0 });
    expect(clock.now()).toBe(start);
  });
});

describe('the fetch of a source', () => {
  function answering(headers: Record<string, string>): typeof fetch {
    return clockSettingFetch(
      Object.assign(env, { fetch: async () => new Response('', { headers }) }),
      clock,
      shifts,
    );
  }
  const shifts = vi.fn();

  beforeEach(() => shifts.mockReset());

  it('sets the clock by the Date of an answer', async () => {
    await answering({ Date: new Date(start - 2 * hour).toUTCString() })('/');
    expect(Math.abs(clock.now() - (start - 2 * hour))).toBeLessThanOrEqual(1_000);
    expect(shifts).toHaveBeenCalledOnce();
  });

  it('does not take the Date of a cached answer, or of none', async () => {
    await answering({ Date: new Date(start - hour).toUTCString(), Age: '3600' })('/');
    await answering({})('/');
    await answering({ Date: 'yesterday' })('/');
    expect(clock.now()).toBe(start);
    expect(shifts).not.toHaveBeenCalled();
  });
});

describe('the alarm', () => {
  it('for a 30-day token sets no timer that fires at once', async () => {
    const ring = vi.fn(() => alarm.set(start + 30 * 24 * hour));
    const alarm = new Alarm(env, clock, ring);
    alarm.set(start + 30 * 24 * hour);
    expect(env.timers.size).toBe(1);
    await env.advance(20_000);
    expect(ring).not.toHaveBeenCalled();
    // The environment refuses any timer of 2^31 ms and more.
    await env.advance(hour);
    expect(env.timers.size).toBe(1);
  });

  it('rings at its instant, once, and is one timer however often it is set', async () => {
    const ring = vi.fn();
    const alarm = new Alarm(env, clock, ring);
    for (let time = 0; time < 100; time++) alarm.set(start + 5_000);
    expect(env.timers.size).toBe(1);
    await env.advance(4_999);
    expect(ring).not.toHaveBeenCalled();
    await env.advance(1);
    expect(ring).toHaveBeenCalledOnce();
    expect(env.timers.size).toBe(0);
  });
});
