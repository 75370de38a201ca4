// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { openTab, signIn, startSite } from './site.js';

/**
 * Tabs that are closed, reloaded, opened and frozen, networks that drop, a provider that hangs or is
 * away, and a device clock that jumps, in an order that `seed` decides; and in the end, what is left.
 *
 * One thing is spared: nothing is cut off between the moment at which the provider has changed a
 * refresh token and the moment at which the page has read the answer. What is lost there, no client
 * can have; a provider that wants to be kind to it grants a moment of grace.
 * @param {{ seed: number, tabs: number, rotations: number, log?: (line: string) => void }} options
 */
export async function driveChaos({ seed, tabs, rotations, log = () => {} }) {
  const random = mulberry32(seed);
  const site = await startSite({ accessTokenTtl: 3 });
  const { control, counts } = site.demo;
  const context = await site.profile();
  await context.addInitScript(setUpClock);
  /** @type {string[]} */
  const endings = [];
  await context.exposeFunction('onSessionEnded', (/** @type {string} */ reason) =>
    endings.push(reason),
  );
  const address = `${site.app}/?hold`;
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

  /** @param {() => Promise<unknown>} cut */
  async function between(cut) {
    await control('provider/settle');
    // Each page has had the time to read what it was sent, however busy the machine.
    await Promise.all(pages.map((page) => page.evaluate(rest)));
    await control('provider/drop');
    await cut();
    // A connection that is gone is seen to be gone.
    await wait(150);
    await control('provider/answer');
  }

  /** @type {Record<string, () => Promise<unknown>>} */
  const actions = {
    open: async () => pages.length < tabs && open(),
    close: () =>
      between(async () => pages.length > 2 && pages.splice(pages.indexOf(pick()), 1)[0]?.close()),
    reload: () =>
      between(async () => {
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
      await between(() => context.setOffline(true));
      await wait(300 + random() * 3_000);
      await context.setOffline(false);
    },
    restart: async () => {
      await between(() => control('provider/stop'));
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
    rest: () => wait(random() * 2_000),
  };
  // Most of the time nothing happens but that tokens are used.
  const names = [...Object.keys(actions), 'force', 'force', 'force', 'force', 'rest', 'rest'];

  try {
    await open();
    await signIn(/** @type {import('playwright-core').Page} */ (pages[0]));
    while (pages.length < tabs) await open();
    await control('reset-counts');
    let steps = 0;
    while (counts().refreshes < rotations && endings.length + counts().reusedRefreshTokens === 0) {
      const name = names[Math.floor(random() * names.length)] ?? 'rest';
      log(
        `${String(++steps).padStart(4)}  ${name.padEnd(8)}${pages.length} tabs, ${counts().refreshes} rotations, ${counts().reusedRefreshTokens} reused`,
      );
      await actions[name]?.();
    }
    await Promise.all(pages.map((page) => page.evaluate(() => window.setClock(0))));
    return { steps, endings, states: await agree(pages), counts: counts() };
  } finally {
    await site.stop();
  }
}

/**
 * What the tabs say in the end, as soon as they all say the same, or after half a minute.
 * @param {import('playwright-core').Page[]} pages
 */
async function agree(pages) {
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
function rest() {
  return new Promise((resolve) => {
    setTimeout(() => setTimeout(resolve, 150), 150);
  });
}

/** Runs in the page: a clock that all tabs of the device share, and that somebody sets. */
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
 * A small generator of random numbers in [0, 1), the same for the same seed.
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
