import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AppSite, startAppSite } from './support/appSite.ts';
import { launchChromium } from './support/chromium.ts';
import { removeOwnEntries, throwAlways, throwOwnWrites } from './support/deniedStorage.ts';
import { Device, onDevice } from './support/device.ts';
import {
  expectActive,
  expectIdleEnd,
  expectNoStoredUser,
  expectSignInButton,
  expectSignInRequest,
  hasStoredUser,
  readTab,
  signIn,
} from './support/endingTab.ts';
import { hour, shiftDate } from './support/shiftedDate.ts';

let site: AppSite;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startAppSite(), launchChromium()]);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

const withProfile = () => Device.withProfile(site);
const inPrivate = () => Device.inPrivate(site, browser);

afterEach(() => shiftDate(0));

it(
  'a session with a lifetime ends by the time since the sign-in, across five reloads, and stays ended',
  onDevice(withProfile, async (device) => {
    const path = '/?lifetime=8h&clear=fails';
    const page = await device.openTab(path);
    const openedAt = Date.now();
    await signIn(page);
    const { endsAt } = await readTab(page);
    const signedInAt = endsAt - 8 * hour;
    expect(signedInAt).toBeGreaterThan(openedAt);
    expect(signedInAt).toBeLessThan(Date.now());
    for (const hours of [1.5, 3, 4.5, 6, 7.5]) {
      // The provider has the same clock, and refreshes the tokens.
      shiftDate(hours * hour);
      await device.reloadAt(page, hours * hour);
      await expectActive(page);
      expect(Math.abs((await readTab(page)).endsAt - endsAt)).toBeLessThan(1_000);
    }
    device.record.restart();
    for (const hours of [8.1, 9, 15]) {
      shiftDate(hours * hour);
      await device.reloadAt(page, hours * hour);
      await expectSignInRequest(page);
    }
    await expectSignInRequest(await device.openTab(path));
    await device.restartBrowser();
    await device.setClock(15 * hour);
    const reopened = await device.openTab(path);
    await expectSignInRequest(reopened);
    expect(await hasStoredUser(reopened)).toBe(true);
    device.record.expectNoToken();
  }),
);
// These set the clock of their own pages only, so they run at the same time.
describe.concurrent('a session that has ended', () => {
  // After a reload, in a new tab, after a restart of the browser, and hours later.
  it.each([
    ['has removed', ''],
    ['still has', '&clear=fails'],
  ])('by inactivity stays ended, if the SDK %s its user', async (_, clear) => {
    await onDevice(withProfile, async (device) => {
      const path = `/?idle=4s${clear}`;
      const first = await device.openTab(path);
      await signIn(first);
      await expectIdleEnd(first);
      device.record.restart();
      await first.reload();
      await expectSignInRequest(first);
      await expectSignInRequest(await device.openTab(path));
      await device.restartBrowser();
      const reopened = await device.openTab(path);
      await expectSignInRequest(reopened);
      await device.reloadAt(reopened, 8 * hour);
      await expectSignInRequest(reopened);
      await expectSignInRequest(await device.openTab(path));
      expect(await hasStoredUser(reopened)).toBe(clear !== '');
      device.record.expectNoToken();
    })();
  });

  it(
    'by inactivity while the browser was closed, has ended when it is started again',
    onDevice(withProfile, async (device) => {
      const path = '/?idle=30m';
      await signIn(await device.openTab(path));
      await device.restartBrowser();
      expect(await hasStoredUser(await device.openTab('/settings.json'))).toBe(true);
      device.record.restart();
      await device.setClock(8 * hour);
      const reopened = await device.openTab(path);
      await expectSignInRequest(reopened);
      await reopened.reload();
      await expectSignInRequest(reopened);
      device.record.expectNoToken();
    }),
  );

  it(
    'stays ended when the clock is set back',
    onDevice(inPrivate, async (device) => {
      const page = await device.openTab('/?lifetime=8h&clear=fails');
      await signIn(page);
      await device.reloadAt(page, 9 * hour);
      await expectSignInRequest(page);
      device.record.restart();
      for (const hours of [1, -24]) {
        await device.reloadAt(page, hours * hour);
        await expectSignInRequest(page);
      }
      device.record.expectNoToken();
    }),
  );
});

describe.concurrent('no tab is active again after an idle end', () => {
  it(
    'when one of two expired tabs is loaded again',
    onDevice(inPrivate, async (device) => {
      const path = '/?idle=4s&clear=fails';
      const [first, second] = [await device.openTab(path), await device.openTab(path)];
      await signIn(first);
      await Promise.all([first, second].map(expectIdleEnd));
      device.record.restart();
      await first.reload();
      await expectSignInRequest(first);
      await expectSignInRequest(await device.openTab(path));
      for (const page of [first, second]) expect((await readTab(page)).status).toBe('expired');
      device.record.expectNoToken();
      await signIn(second);
      await expectActive(first);
    }),
  );

  it.each([
    ['throws for every access', '/?idle=4s&store=memory', throwAlways],
    ['has no space for what session-clock writes', '/?idle=4s', throwOwnWrites],
    ['has lost what session-clock wrote', '/?idle=4s', null],
  ])('when the storage %s', async (_, path, setUp) => {
    await onDevice(inPrivate, async (device) => {
      if (setUp) await device.context.addInitScript(setUp);
      const page = await device.openTab(path);
      await signIn(page);
      await expectIdleEnd(page);
      await expectNoStoredUser(page);
      if (!setUp) expect(await page.evaluate(removeOwnEntries)).toBeGreaterThan(0);
      device.record.restart();
      await page.reload();
      await expectSignInRequest(page);
      device.record.expectNoToken();
    })();
  });

  it(
    'in a private window, nor in the next one',
    onDevice(inPrivate, async (device) => {
      const path = '/?idle=4s';
      const page = await device.openTab(path);
      await signIn(page);
      await expectIdleEnd(page);
      device.record.restart();
      await page.reload();
      await expectSignInRequest(page);
      await device.restartBrowser();
      const other = await device.openTab(path);
      await expectSignInRequest(other);
      device.record.expectNoToken();
    }),
  );
});

describe.concurrent('a sign-out in another tab', () => {
  it.each(['mounted', 'unmounted'])(
    'holds when the provider, which was %s, is mounted again, although the SDK had the user in memory',
    async (state) => {
      await onDevice(inPrivate, async (device) => {
        const path = '/?store=memory';
        const [first, second] = [await device.openTab(path), await device.openTab(path)];
        const unmount = (): Promise<void> => first.getByText('Unmount the provider').click();
        await expectSignInRequest(second);
        await signIn(first);
        await expectActive(second);
        if (state === 'unmounted') await unmount();
        await second.getByRole('button', { name: 'Sign out' }).click();
        await second.waitForURL((url) => url.origin === site.provider.issuer);
        if (state === 'mounted') await expectSignInButton(first);
        device.record.restart();
        if (state === 'mounted') await unmount();
        await first.getByRole('button', { name: 'Mount the provider' }).click();
        await expectSignInRequest(first);
        device.record.expectNoToken();
      })();
    },
  );
});
