import { cleanup, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Policy, rolling, useAccessToken } from '../../src/index.js';
import { renderWithSession, TestClock, TestSource } from '../../src/testing/index.js';
import { SessionCountdown } from '../../src/ui/index.js';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
afterEach(cleanup);

const policy = rolling({ idle: '10m', warnBefore: '2m' });

/** Renders at a full second, at which the countdowns change. */
async function open(countdown: ReactNode, policy: Policy): Promise<TestClock> {
  const clock = new TestClock({ now: Date.UTC(2026, 0, 1) });
  await renderWithSession(countdown, { policy, clock });
  return clock;
}

const timer = (): HTMLElement => screen.getByRole('timer');
const left = (): number => Number(timer().style.getPropertyValue('--sc-left'));

describe.each(['ring', 'bar'] as const)('the %s', (shape) => {
  it('shows the part of the lifetime that is left, beside the time as a text', async () => {
    const clock = await open(<SessionCountdown shape={shape} />, policy);
    expect([timer().textContent, left()]).toEqual(['10:00', 1]);
    await clock.advance('2m');
    expect([timer().textContent, left()]).toEqual(['8:00', 0.8]);
  });

  it('is full from `total` on', async () => {
    const clock = await open(<SessionCountdown shape={shape} total="2m" />, policy);
    expect(left()).toBe(1);
    await clock.advance('8m');
    expect(left()).toBe(1);
    await clock.advance('30s');
    expect(left()).toBe(0.75);
  });

  it('tells the last minute and the last 20 seconds of a session apart', async () => {
    const clock = await open(<SessionCountdown shape={shape} />, policy);
    const levelAt = async (passed: number): Promise<string> => {
      await clock.advance(passed);
      return `${timer().textContent} ${timer().dataset['level']}`;
    };
    expect(await levelAt(538_000)).toBe('1:02 calm');
    expect(await levelAt(2_000)).toBe('1:00 soon');
    expect(await levelAt(40_000)).toBe('0:20 soon');
    expect(await levelAt(1_000)).toBe('0:19 urgent');
  });

  it('keeps the element that it draws: only the text and the style change', async () => {
    const clock = await open(<SessionCountdown shape={shape} />, policy);
    const changed: string[] = [];
    const observer = new MutationObserver((records) => {
      for (const { type, attributeName } of records) changed.push(attributeName ?? type);
    });
    observer.observe(timer(), {
      subtree: true,
      attributes: true,
      childList: true,
      characterData: true,
    });
    await clock.advance('1s');
    observer.disconnect();
    expect(new Set(changed)).toEqual(new Set(['style', 'characterData']));
  });
});

it('a ring of hours is not drawn anew every second', async () => {
  const clock = await open(<SessionCountdown shape="ring" />, rolling({ idle: '8h' }));
  await clock.advance('1m');
  const before = left();
  await clock.advance('10s');
  expect([timer().textContent, left()]).toEqual(['7:58:50', before]);
});

it('an access token is not urgent: it is refreshed without the user', async () => {
  const source = new TestSource({ accessTokenLifetime: '15s' });
  const Token = (): ReactNode => {
    useAccessToken();
    return <SessionCountdown of="access-token" shape="ring" />;
  };
  await renderWithSession(<Token />, { policy, source });
  expect(timer().textContent).toBe('0:15');
  expect(timer().dataset['level']).toBe('calm');
});

it('keeps the style of the app', async () => {
  const style = { fontSize: '12px' };
  await renderWithSession(<SessionCountdown shape="ring" style={style} />, { policy });
  expect(timer().style.fontSize).toBe('12px');
  expect(left()).toBe(1);
});
