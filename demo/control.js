// @ts-check

/**
 * What can be done on the provider's side, by name.
 * @param {object} parts
 * @param {import('./store.js').Store} parts.store
 * @param {{ start(): Promise<void>, stop(): Promise<void>, readonly running: boolean }} parts.listener
 * @param {{ open(): void, close(): void }} parts.gate
 * @param {{ read(): Record<string, number>, reset(): void }} parts.counts
 */
export function createControl({ store, listener, gate, counts }) {
  const grantModels = ['RefreshToken', 'Grant', 'AuthorizationCode'];
  /** @type {Record<string, () => unknown>} */
  const actions = {
    revoke: () => store.destroy((_payload, model) => grantModels.includes(model)),
    'end-session': () =>
      store.destroy((_payload, model) => [...grantModels, 'Session'].includes(model)),
    'provider/stop': () => listener.stop(),
    'provider/start': () => listener.start(),
    'provider/hang': () => gate.close(),
    'provider/answer': () => gate.open(),
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
