// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPopup, untilUserReturns, watchPopup } from '../../src/sources/helpers.js';
import { watch } from '../support/promises.js';

let controller: AbortController;
let navigation: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  controller = new AbortController();
  navigation = new EventTarget();
  vi.stubGlobal('navigation', navigation);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** `persisted`: to or from the page cache. */
function fire(type: 'pageshow' | 'pagehide', persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event(type), { persisted }));
}

describe('untilUserReturns', () => {
  it.each([
    ['the page is shown from the page cache', () => fire('pageshow', true)],
    ['the navigation is stopped', () => navigation.dispatchEvent(new Event('navigateerror'))],
    ['the sign-in is aborted', () => controller.abort()],
  ])('rejects when %s', async (_what, act) => {
    const back = watch(untilUserReturns(controller.signal));
    await settle();
    expect(back.outcome).toBe('pending');
    act();
    await settle();
    expect(back.outcome).toBe('ERR_LOGIN_CANCELLED');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects at once if the sign-in is already aborted', async () => {
    controller.abort();
    const back = watch(untilUserReturns(controller.signal));
    await settle();
    expect(back.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('rejects if the page has not been left after 10 s, for example because the answer is empty', async () => {
    vi.stubGlobal('navigation', undefined);
    const back = watch(untilUserReturns(controller.signal));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(back.outcome).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(back.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('waits in the page cache for as long as the user is away', async () => {
    const back = watch(untilUserReturns(controller.signal));
    fire('pagehide', true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(back.outcome).toBe('pending');
    fire('pageshow', true);
    await settle();
    expect(back.outcome).toBe('ERR_LOGIN_CANCELLED');
  });

  it('is not settled by the first load of the page', async () => {
    const back = watch(untilUserReturns(controller.signal));
    fire('pageshow', false);
    await settle();
    expect(back.outcome).toBe('pending');
  });
});

describe('openPopup', () => {
  it.each([
    ['/done', '/done/'],
    ['/done/', '/done'],
  ])('with the return path %s, closes the window at %s', async (returnPath, pathname) => {
    const popup = { closed: false, location: { pathname: '' }, close: vi.fn() };
    vi.spyOn(window, 'open').mockReturnValue(popup as never);
    const done = watch(openPopup('/login', returnPath, controller.signal));
    await vi.advanceTimersByTimeAsync(200);
    expect(done.outcome).toBe('pending');
    popup.location.pathname = pathname;
    await vi.advanceTimersByTimeAsync(200);
    expect([done.outcome, popup.close.mock.calls.length]).toEqual([undefined, 1]);
  });
});

describe('watchPopup', () => {
  it('reports once that the window is closed, unless it is stopped', async () => {
    const popup = { closed: false };
    const [onClosed, onOther] = [vi.fn(), vi.fn()];
    watchPopup(popup as Window, onClosed);
    const stop = watchPopup(popup as Window, onOther);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onClosed).not.toHaveBeenCalled();
    stop();
    popup.closed = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect([onClosed.mock.calls.length, onOther.mock.calls.length]).toEqual([1, 0]);
  });
});
