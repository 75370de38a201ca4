import { focusManager, onlineManager } from '@tanstack/react-query';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSessionClient, rolling, SessionError, type SessionSource } from '../../src/index.js';

/** What an app does in React Native, whose network and focus events are not those of a browser. */
function reactNativeEvents() {
  let setOnline = (_isOnline: boolean): void => {};
  let setFocused = (_isFocused: boolean): void => {};
  onlineManager.setEventListener((set) => {
    setOnline = set;
    return () => {};
  });
  focusManager.setEventListener((set) => {
    setFocused = (isFocused) => set(isFocused);
    return () => {};
  });
  return {
    setOnline: (isOnline: boolean) => setOnline(isOnline),
    setFocused: (isFocused: boolean) => setFocused(isFocused),
  };
}

afterEach(() => {
  onlineManager.setOnline(true);
  focusManager.setFocused(undefined);
});

describe('an app that configures TanStack Query’s managers', () => {
  it('configures the client: its network events change the connection, and bring a retry forward', async () => {
    const events = reactNativeEvents();
    const getSession = vi.fn<SessionSource['getSession']>(async () => ({ user: { sub: 'ada' } }));
    const getAccessToken = vi.fn(async () => ({ value: 'secret-1' }));
    getAccessToken.mockRejectedValueOnce(new SessionError('ERR_NETWORK', 'no network'));
    const client = createSessionClient({ source: { name: 'native', getSession, getAccessToken } });
    client.start();
    await vi.waitFor(() => expect(client.getSnapshot().status).toBe('active'));
    events.setOnline(false);
    expect(client.getSnapshot().connection).toBe('offline');
    client.retainAccessToken();
    await vi.waitFor(() => expect(client.getSnapshot().error?.code).toBe('ERR_NETWORK'));
    expect(getAccessToken).toHaveBeenCalledTimes(1);
    events.setOnline(true);
    expect(client.getSnapshot().connection).toBe('online');
    await vi.waitFor(() => expect(client.getSnapshot().accessToken.status).toBe('fresh'));
    client.stop();
  });

  it('configures the client: activity counts only while the app has the focus', async () => {
    const events = reactNativeEvents();
    const extend = vi.fn(async () => ({ user: { sub: 'ada' } }));
    const source = { name: 'focus', getSession: extend, extend };
    const client = createSessionClient({
      source,
      policy: rolling({ idle: '30m' }),
      onEvent: ({ type }) => types.push(type),
    });
    const types: string[] = [];
    client.start();
    await vi.waitFor(() => expect(client.getSnapshot().status).toBe('active'));
    const activities = () =>
      client.getLog().entries.filter(({ input }) => Object(input).type === 'activity');
    events.setFocused(false);
    client.reportActivity();
    expect(activities()).toHaveLength(0);
    events.setFocused(true);
    expect(activities()).toHaveLength(1);
    client.reportActivity();
    // The page that comes into view is an activity, and reports within a second are one.
    expect(activities()).toHaveLength(1);
    client.stop();
  });
});
