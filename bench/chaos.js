// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { openTab, signIn, startSite } from './site.js';

/**
 * Closes, reloads, opens and freezes tabs, disconnects the network, makes the provider hang or stop
 * and moves the device's clock, in an order that `seed` determines. Returns the final states.
 *
 * No request is interrupted between the instant at which the provider rotates a refresh token and
 * the instant at which the page has read the answer: no client can recover a token that is lost
 * there, unless the provider accepts the former one for a grace period.
 * @param {{ seed: number, tabs: number, rotations: number, log?: (line: string) => void }} options
 */
export async function driveChaos({ seed, tabs, rotations, log = () => {} }) {
  const random = mulberry32(seed);
  const site = await startSite({ accessTokenTtl: 3 });
  const { control, counts } = site.demo;
  const context = await site.profile();
  await context.addInitScript(setUpClock);
  /** @type {string[]} */
  const endReasons = [];
  await context.exposeFunction('onSessionEnded', (/** @type {string} */ reason) =>
    endReasons.push(reason),
  );
  const address = `${site.app}/?retain`;
  /** @type {import('playwright-core').Page[]} */
  const pages = [];
  const pick = () =>
    /** @type {import('playwright-core').Page} */ (pages[Math.floor(random() * pages.length)]);

  async function open() {
    const page = await openTab(context, address);
    await page.evaluate(() =>
      window.tab.client.on('session-ended', ({ reason }) => window.onSessionEnded(reason)),
    );
    pages.push(page);
  }

  /**
   * Runs `disrupt` while no answer of the provider is in transit.
   * @param {() => Promise<unknown>} disrupt
   */
  async function betweenAnswers(disrupt) {
    await control('provider/settle');
    // Each page has time to read the answers it was sent, even on a busy machine.
    await Promise.all(pages.map((page) => page.evaluate(pause)));
    await control('provider/drop');
    await disrupt();
    // The server needs a moment to notice closed connections.
    await wait(150);
    await control('provider/answer');
  }

  /** @type {Record<string, () => Promise<unknown>>} */
  const actions = {
    open: async () => pages.length < tabs && open(),
    close: () =>
      betweenAnswers(
        async () => pages.length > 2 && pages.splice(pages.indexOf(pick()), 1)[0]?.close(),
      ),
    reload: () =>
      betweenAnswers(async () => {
        const [page] = pages.splice(pages.indexOf(pick()), 1);
        await page?.close();
        await open();
      }),
    freeze: async () => {
      const page = pick();
      await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
      await wait(500 + random() * 1_500);
      await page.evaluate(() => document.dispatchEvent(new Event('resume')));
    },
    offline: async () => {
      await betweenAnswers(() => context.setOffline(true));
      await wait(300 + random() * 3_000);
      await context.setOffline(false);
    },
    restart: async () => {
      await betweenAnswers(() => control('provider/stop'));
      await wait(300 + random() * 3_000);
      await control('provider/start');
    },
    hang: async () => {
      await control('provider/hang');
      await wait(300 + random() * 2_500);
      await control('provider/answer');
    },
    clock: async () => {
      const offset = Math.round((random() - 0.5) * 4 * 3_600_000);
      await pick().evaluate((ms) => window.setClock(ms), offset);
    },
    force: async () => {
      const page = pick();
      await page.evaluate(() => {
        window.tab.client.getAccessToken({ forceRefresh: true }).catch(() => {});
      });
    },
    pause: () => wait(random() * 2_000),
  };
  // Most steps only use tokens or wait.
  const names = [...Object.keys(actions), 'force', 'force', 'force', 'force', 'pause', 'pause'];

  try {
    await open();
    await signIn(/** @type {import('playwright-core').Page} */ (pages[0]));
    while (pages.length < tabs) await open();
    await control('reset-counts');
    let steps = 0;
    while (
      counts().refreshes < rotations &&
      endReasons.length + counts().reusedRefreshTokens === 0
    ) {
      const name = names[Math.floor(random() * names.length)] ?? 'pause';
      log(
        `${String(++steps).padStart(4)}  ${name.padEnd(8)}${pages.length} tabs, ${counts().refreshes} rotations, ${counts().reusedRefreshTokens} reused`,
      );
      await actions[name]?.();
    }
    await Promise.all(pages.map((page) => page.evaluate(() => window.setClock(0))));
    return { steps, endReasons, states: await finalStates(pages), counts: counts() };
  } finally {
    await site.stop();
  }
}

/**
 * Returns the distinct states of the tabs, as soon as all tabs have the same one, or after 30 s.
 * @param {import('playwright-core').Page[]} pages
 */
async function finalStates(pages) {
  /** @type {Set<string>} */
  let states = new Set();
  for (let attempt = 0; attempt < 60; attempt++) {
    const each = await Promise.all(
      pages.map((page) => page.evaluate(() => JSON.stringify(window.tab.state()))),
    );
    states = new Set(each);
    if (states.size === 1 && /"token":"/.test([...states][0] ?? '')) break;
    await wait(500);
  }
  return [...states].map(
    (state) => /** @type {{ status: string, token: string | null }} */ (JSON.parse(state)),
  );
}

/** Runs in the page. */
function pause() {
  return new Promise((resolve) => {
    setTimeout(() => setTimeout(resolve, 150), 150);
  });
}

/** Runs in the page: replaces `Date.now()` by a settable clock that all tabs share. */
function setUpClock() {
  const now = Date.now.bind(Date);
  const channel = new BroadcastChannel('the clock of the device');
  let offset = Number(localStorage.getItem('offset'));
  channel.onmessage = ({ data }) => {
    offset = data;
  };
  Date.now = () => now() + offset;
  window.setClock = (ms) => {
    offset = ms;
    localStorage.setItem('offset', String(ms));
    channel.postMessage(ms);
  };
}

/**
 * A seeded generator of random numbers in [0, 1).
 * @param {number} seed
 */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
