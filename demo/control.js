// @ts-check

import { endSessionsByBackChannel } from './backChannelLogout.js';

/**
 * The control actions on the provider, by name.
 * @param {object} parts
 * @param {import('oidc-provider').default} parts.provider
 * @param {import('./store.js').Store} parts.store
 * @param {{ start(): Promise<void>, stop(): Promise<void>, readonly running: boolean }} parts.listener
 * @param {{ pause(): void, resume(): void, dropWaiting(): void, readonly running: number }} parts.pausable
 * @param {{ names: string[], set(name: string | null): void }} parts.tokenFaults
 * @param {{ refreshTokens: boolean, sessionCeiling: number | null }} parts.behaviour
 * @param {{ read(): Record<string, number>, reset(): void }} parts.counts
 */
export function createControl(parts) {
  const { provider, store, listener, pausable, tokenFaults, behaviour, counts } = parts;
  const grantModels = ['RefreshToken', 'Grant', 'AuthorizationCode'];
  /** @type {Record<string, () => unknown>} */
  const actions = {
    revoke: () => store.destroy((_payload, model) => grantModels.includes(model)),
    'end-session': () =>
      store.destroy((_payload, model) => [...grantModels, 'Session'].includes(model)),
    'back-channel-logout': () => endSessionsByBackChannel(provider, store),
    'provider/stop': () => listener.stop(),
    'provider/start': () => listener.start(),
    'provider/hang': () => pausable.pause(),
    // Waits for the running requests, so that none is dropped between a change and its answer.
    'provider/settle': async () => {
      pausable.pause();
      while (pausable.running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    'provider/drop': () => pausable.dropWaiting(),
    'provider/answer': () => pausable.resume(),
    ...Object.fromEntries(
      tokenFaults.names.map((name) => [`tokens/refuse-${name}`, () => tokenFaults.set(name)]),
    ),
    'tokens/grant': () => tokenFaults.set(null),
    'refresh-tokens/off': () => {
      behaviour.refreshTokens = false;
    },
    'refresh-tokens/on': () => {
      behaviour.refreshTokens = true;
    },
    'session-ceiling/36s': () => {
      // nextjs-auth0 subtracts 30 s.
      behaviour.sessionCeiling = 36;
    },
    'session-ceiling/none': () => {
      behaviour.sessionCeiling = null;
    },
    'reset-counts': () => counts.reset(),
    state: () => {},
  };

  /** @param {string} name */
  return async function runAction(name) {
    if (!Object.hasOwn(actions, name)) return null;
    await actions[name]?.();
    return { provider: listener.running ? 'running' : 'stopped', counts: counts.read() };
  };
}
