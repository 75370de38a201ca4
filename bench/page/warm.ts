import { createSessionClient, rolling, type SessionSource } from 'session-clock';

/** The functions of the page that the driver calls. */
export interface WarmCalls {
  /** Awaits each kind of call `count` times. Resolves with the time per call of each (ns). */
  measure(count: number): Promise<Record<string, number>>;
}

declare global {
  interface Window {
    warm: WarmCalls;
  }
}

/** Answers from memory. The measured calls request nothing from it: the token outlives the page. */
const source: SessionSource = {
  name: 'in-page',
  getSession: async () => ({ user: { sub: 'ada' } }),
  getAccessToken: async () => {
    const issuedAt = Date.now();
    return { value: 'token', issuedAt, expiresAt: issuedAt + 24 * 3_600_000 };
  },
};
const client = createSessionClient({ source, policy: rolling({ idle: '8h' }) });
client.start();
await client.getAccessToken();

/** Awaits one kind of call `count` times. */
type Loop = (count: number) => Promise<unknown>;

/** The getter of `window.performance` takes longer than the clock. */
const { performance } = window;

/**
 * Every kind has a loop of its own. A shared loop that takes the call as a parameter would be compiled for
 * all kinds at once, and would make the cheapest one slower.
 */
const loops: Record<string, Loop> = {
  'Promise.resolve()': async (count) => {
    for (let i = 0; i < count; i++) await Promise.resolve();
  },
  // The least that a call takes which reads the wall clock and the monotonic clock.
  'Promise.resolve() and both clocks': async (count) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += Date.now() + performance.now();
      await Promise.resolve();
    }
    return sum;
  },
  'getAccessToken()': async (count) => {
    for (let i = 0; i < count; i++) await client.getAccessToken();
  },
  'getAccessToken(), retained': retained(async (count) => {
    for (let i = 0; i < count; i++) await client.getAccessToken();
  }),
  "getAccessToken({ minValidity: '30s' })": async (count) => {
    for (let i = 0; i < count; i++) await client.getAccessToken({ minValidity: '30s' });
  },
  "getAccessToken({ minValidity: '30s' }), retained": retained(async (count) => {
    for (let i = 0; i < count; i++) await client.getAccessToken({ minValidity: '30s' });
  }),
};

/** Keeps the token in use while the loop runs. */
function retained(loop: Loop): Loop {
  return async (count) => {
    const release = client.retainAccessToken();
    await loop(count);
    release();
  };
}

window.warm = {
  measure: async (count) => {
    const times: Record<string, number> = {};
    for (const [name, loop] of Object.entries(loops)) {
      const start = performance.now();
      await loop(count);
      times[name] = ((performance.now() - start) * 1_000_000) / count;
    }
    return times;
  },
};
