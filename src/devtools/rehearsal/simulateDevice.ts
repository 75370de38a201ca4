import type { Environment } from '../../core/environment.js';

/** Changes what a client reads of its device. Times in ms. */
export interface SimulatedDevice {
  /** The wall clock is ahead of the real one by `wall`, and the servers' clocks by `servers`. */
  setClocks(ahead: { readonly wall: number; readonly servers: number }): void;
  setOffline(isOffline: boolean): void;
  /** Restores the real device. */
  restore(): void;
  /** The real wall clock (epoch ms). */
  realNow(): number;
}

type Replaced = Pick<Environment, 'wallNow' | 'isOnline' | 'fetch'>;

/** Replaces the functions of the environment that a client uses, until `restore()`. */
export function simulateDevice(environment: Environment): SimulatedDevice {
  const env = environment as { -readonly [Field in keyof Replaced]: Replaced[Field] };
  const { wallNow, isOnline, fetch } = env;
  const realNow = (): number => wallNow.call(env);
  let ahead = { wall: 0, servers: 0 };
  let isOffline = false;
  env.wallNow = () => realNow() + ahead.wall;
  env.isOnline = () => !isOffline && isOnline.call(env);
  env.fetch = async (...request) => {
    // As the browser rejects it.
    if (isOffline) throw new TypeError('Failed to fetch');
    const response = await fetch(...request);
    return ahead.servers === 0 ? response : withLaterDate(response, ahead.servers);
  };
  return {
    realNow,
    setClocks(clocks) {
      ahead = clocks;
    },
    setOffline(offline) {
      isOffline = offline;
    },
    restore() {
      Object.assign(env, { wallNow, isOnline, fetch });
    },
  };
}

/** The same response with a `Date` header that is later by `ms`. */
function withLaterDate(response: Response, ms: number): Response {
  const headers = new Headers(response.headers);
  const date = Date.parse(headers.get('Date') ?? '');
  if (Number.isFinite(date)) headers.set('Date', new Date(date + ms).toUTCString());
  return new Proxy(response, {
    get(target, field) {
      if (field === 'headers') return headers;
      const value: unknown = Reflect.get(target, field, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The client reads the network state and the clocks again, as when the page is resumed. */
export function resumePage(): void {
  window.dispatchEvent(new Event('resume'));
}
