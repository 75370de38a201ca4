// @ts-check

import { endElsewhere } from './backChannel.js';

/**
 * What can be done on the provider's side, by name.
 * @param {object} parts
 * @param {import('oidc-provider').default} parts.provider
 * @param {import('./store.js').Store} parts.store
 * @param {{ start(): Promise<void>, stop(): Promise<void>, readonly running: boolean }} parts.listener
 * @param {{ open(): void, close(): void, drop(): void, readonly served: number }} parts.gate
 * @param {{ names: string[], set(name: string | null): void }} parts.tokenFaults
 * @param {{ refreshTokens: boolean, sessionCeiling: number | null }} parts.manners
 * @param {{ read(): Record<string, number>, reset(): void }} parts.counts
 */
export function createControl({ provider, store, listener, gate, tokenFaults, manners, counts }) {
  const grantModels = ['RefreshToken', 'Grant', 'AuthorizationCode'];
  /** @type {Record<string, () => unknown>} */
  const actions = {
    revoke: () => store.destroy((_payload, model) => grantModels.includes(model)),
    'end-session': () =>
      store.destroy((_payload, model) => [...grantModels, 'Session'].includes(model)),
    'end-elsewhere': () => endElsewhere(provider, store),
    'provider/stop': () => listener.stop(),
    'provider/start': () => listener.start(),
    'provider/hang': () => gate.close(),
    // What is being served is answered first: nothing is cut off between a change and its answer.
    'provider/settle': async () => {
      gate.close();
      while (gate.served > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    'provider/drop': () => gate.drop(),
    'provider/answer': () => gate.open(),
    ...Object.fromEntries(
      tokenFaults.names.map((name) => [`tokens/refuse-${name}`, () => tokenFaults.set(name)]),
    ),
    'tokens/grant': () => tokenFaults.set(null),
    'refresh-tokens/off': () => {
      manners.refreshTokens = false;
    },
    'refresh-tokens/on': () => {
      manners.refreshTokens = true;
    },
    'session-ceiling/36s': () => {
      // The SDK takes off 30 s.
      manners.sessionCeiling = 36;
    },
    'session-ceiling/none': () => {
      manners.sessionCeiling = null;
    },
    'reset-counts': () => counts.reset(),
    state: () => {},
  };

  /** @param {string} name */
  return async function act(name) {
    if (!Object.hasOwn(actions, name)) return null;
    await actions[name]?.();
    return { provider: listener.running ? 'running' : 'stopped', counts: counts.read() };
  };
}
