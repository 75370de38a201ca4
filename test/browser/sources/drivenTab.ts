import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { DrivenPage } from './pages/driven.ts';

type Status = ReturnType<DrivenPage['client']['getSnapshot']>['status'];

/** A tab of the driven app. */
export class DrivenTab {
  readonly page: Page;

  static async open(context: BrowserContext, app: string): Promise<DrivenTab> {
    const tab = new DrivenTab(await context.newPage());
    await tab.page.goto(app);
    await tab.isLoaded();
    return tab;
  }

  constructor(page: Page) {
    this.page = page;
  }

  async isLoaded(): Promise<void> {
    await this.page.waitForFunction(() => window.driven !== undefined);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isLoaded();
  }

  /** Presses "Sign in". */
  async signIn(display: 'popup' | 'redirect'): Promise<void> {
    await this.page.evaluate((given) => {
      window.driven.login = { display: given };
    }, display);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click();
  }

  /** Resolves when the page shows one of these statuses. */
  async shows(...expected: Status[]): Promise<void> {
    const read = async (): Promise<string> =>
      // The page may be on its way to another address.
      this.page.evaluate(() => window.driven.client.getSnapshot().status).catch(() => 'left');
    await expect.poll(read).toBeOneOf(expected);
  }

  /** The statuses since the page was loaded. */
  statuses(): Promise<string[]> {
    return this.page.evaluate(() => window.driven.statuses);
  }

  reason(): Promise<string | null> {
    return this.page.evaluate(() => window.driven.client.getSnapshot().reason);
  }

  /** Resolves when the app has a valid token, if the source has tokens. */
  async usesToken(): Promise<void> {
    await this.page.evaluate(async () => {
      const { client } = window.driven;
      if (client.hasAccessTokens) await client.getAccessToken({ onExpired: 'throw' });
    });
  }

  /** How many tokens the page has had since it was loaded. */
  tokenCount(): Promise<number> {
    return this.page.evaluate(() => window.driven.tokens.size);
  }

  /** Whether the SDK, or the server, still has a user for this tab. */
  hasUser(): Promise<boolean> {
    return this.page.evaluate(() => window.driven.hasUser());
  }
}
