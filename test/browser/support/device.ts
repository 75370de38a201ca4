import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { AppSite } from './appSite.ts';
import { chromiumOptions } from './chromium.ts';
import { RequestRecord } from './requestRecord.ts';
import { shiftDate } from './shiftedDate.ts';
import { expectNoUserData } from './storageSearch.ts';

/** A user's browser, with a profile on disk or in a private window, and a clock that can be set. */
export class Device {
  readonly record: RequestRecord;
  readonly #site: AppSite;
  readonly #start: () => Promise<BrowserContext>;
  readonly #remove: () => Promise<void>;
  #context: BrowserContext | undefined;

  /** With a profile on disk, so that its browser can be started again. `preferences` are those of Chromium. */
  static async withProfile(site: AppSite, preferences: object = {}): Promise<Device> {
    const folder = await mkdtemp(join(tmpdir(), 'session-clock-'));
    await mkdir(join(folder, 'Default'));
    await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
    const start = () => chromium.launchPersistentContext(folder, chromiumOptions());
    const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return Device.#create(new Device(site, start, remove));
  }

  /** A private window of `browser`: a restart opens another one. */
  static async inPrivate(site: AppSite, browser: Browser): Promise<Device> {
    return Device.#create(
      new Device(
        site,
        () => browser.newContext(),
        async () => {},
      ),
    );
  }

  static async #create(device: Device): Promise<Device> {
    await device.#open();
    return device;
  }

  constructor(site: AppSite, start: () => Promise<BrowserContext>, remove: () => Promise<void>) {
    this.#site = site;
    this.#start = start;
    this.#remove = remove;
    this.record = new RequestRecord(site.provider);
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('The browser is not running.');
    return this.#context;
  }

  async #open(): Promise<void> {
    this.#context = await this.#start();
    this.record.add(this.#context);
  }

  #searchStorage(): Promise<void> {
    return expectNoUserData(this.context.pages(), this.#site.app, this.record.tokens);
  }

  /** Opens a page of the app in a new tab. */
  async openTab(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.#site.app + path);
    return page;
  }

  async restartBrowser(): Promise<void> {
    await this.#searchStorage();
    await this.context.close();
    await this.#open();
  }

  /** Sets the clock of the pages that are loaded from now on. `ahead` in ms. */
  async setClock(ahead: number): Promise<void> {
    await this.context.addInitScript(shiftDate, ahead);
  }

  /** Loads the page again, with its clock `ahead` of the true time (ms). */
  async reloadAt(page: Page, ahead: number): Promise<void> {
    await this.setClock(ahead);
    await page.reload();
  }

  /** Checks what the tabs have left in the storage, and ends the browser. */
  async close(): Promise<void> {
    try {
      await this.#searchStorage();
    } finally {
      await this.context.close();
      await this.#remove();
    }
  }
}

/** A test that gets a device of its own, which is closed after it. */
export function onDevice(
  create: () => Promise<Device>,
  test: (device: Device) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const device = await create();
    try {
      await test(device);
    } finally {
      await device.close();
    }
  };
}
