import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AppSite, startAppSite } from './support/appSite.ts';
import { Device } from './support/device.ts';

let site: AppSite;

beforeAll(async () => {
  site = await startAppSite();
});
afterAll(() => site?.stop());

/** A page whose storage and locks are denied. */
interface DeniedPage {
  where: string;
  /** Settings of Chromium. */
  preferences?: object;
  /** Runs before the scripts of every page. */
  setUp?: () => void;
  /** The attributes of the frame that contains the app; none: the app is the whole page. */
  frame?: (port: number) => string;
}

/** 2 blocks the cookies of every site, and with them the storage and the locks. */
const blockAll = { profile: { default_content_setting_values: { cookies: 2 } } };
const blockThirdParties = { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } };

const pages: DeniedPage[] = [
  { where: 'in a browser that blocks all cookies', preferences: blockAll },
  {
    where: 'in a browser that also denies channels, as Firefox does',
    preferences: blockAll,
    setUp: denyChannels,
  },
  {
    where: 'in a sandboxed frame',
    frame: (port) => `sandbox="allow-scripts" src="http://localhost:${port}/frame.html"`,
  },
  {
    where: 'in a frame of another site',
    preferences: blockThirdParties,
    frame: (port) => `src="http://127.0.0.1:${port}/frame.html"`,
  },
];

describe.concurrent.each(pages)('a page whose storage is denied, $where', (page) => {
  it('gets and renews its tokens, and warns once that it tracks its session alone', async () => {
    const device = await Device.withProfile(site, page.preferences);
    try {
      const warnings: string[] = [];
      device.context.on('console', (message) => {
        if (message.text().startsWith('session-clock:')) warnings.push(message.text());
      });
      const app = await open(device, page);
      expect(await app.evaluate(readDenied)).toEqual(['localStorage', 'locks']);
      expect(await signIn(app)).toBe('active');
      expect(await app.evaluate(callInParallel)).toEqual([200]);
      expect(await app.evaluate(awaitRenewal)).toBe(true);
      expect(await app.evaluate(() => window.embedded.callApi('mail'))).toBe(200);
      expect(site.api.reused).toBe(0);
      expect(await app.evaluate(signOut)).toBe('signed-out');
      expect(warnings).toEqual([expect.stringContaining('each tab tracks its session alone')]);
    } finally {
      await device.close();
    }
  });
});

async function open(device: Device, { frame, setUp }: DeniedPage): Promise<Frame> {
  if (setUp) await device.context.addInitScript(setUp);
  const page = await device.openTab(frame ? '/settings.json' : '/frame.html');
  if (frame) await page.setContent(`<iframe ${frame(site.port)}></iframe>`);
  const app = await vi.waitFor(() => {
    const found = page.frames().find((each) => each.url().endsWith('/frame.html'));
    if (!found) throw new Error('The frame is not attached.');
    return found;
  });
  await app.waitForFunction(() => window.embedded !== undefined);
  return app;
}

function signIn(app: Frame): Promise<string> {
  return app.evaluate(async () => {
    const { client } = window.embedded;
    await client.login();
    return client.getSnapshot().status;
  });
}

/** Runs in the page, as the following functions do. */
function denyChannels(): void {
  globalThis.BroadcastChannel = class {
    constructor() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    }
  } as never;
}

async function readDenied(): Promise<string[]> {
  const access: Record<string, () => unknown> = {
    localStorage: () => localStorage.length,
    locks: () => navigator.locks.query(),
  };
  const denied: string[] = [];
  for (const [name, use] of Object.entries(access)) {
    try {
      await use();
    } catch {
      denied.push(name);
    }
  }
  return denied;
}

/** The distinct answers to 15 calls, which need the tokens of three audiences. */
async function callInParallel(): Promise<number[]> {
  const audiences = Array.from({ length: 15 }, (_, index) => ['mail', 'files', 'notes'][index % 3]);
  const answers = await Promise.all(
    audiences.map((audience) => window.embedded.callApi(audience ?? '')),
  );
  return [...new Set(answers)];
}

/** Whether a token in use is replaced by another one that is valid, before it has expired. */
async function awaitRenewal(): Promise<boolean> {
  const { client } = window.embedded;
  const release = client.retainAccessToken();
  const first = await client.getAccessToken();
  const renewed = new Promise<string | null>((resolve) => {
    const unsubscribe = client.subscribe(() => {
      const token = client.peekAccessToken();
      if (token === first) return;
      unsubscribe();
      resolve(token);
    });
  });
  const next = await renewed;
  release();
  return next !== null && next !== first;
}

async function signOut(): Promise<string> {
  await window.embedded.client.logout();
  return window.embedded.client.getSnapshot().status;
}
