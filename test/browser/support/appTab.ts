import type { BrowserContext, Page } from 'playwright-core';
import type { Call, Shown, TestedPage } from './signInPage/page.ts';
import { until } from './until.ts';

type SignInRequest = TestedPage['request']['login'];

export interface TabState extends Shown {
  /** The user in the SDK's store. */
  storedUser: string | undefined;
}

/** A tab of the app, and the actions of its user. */
export class AppTab {
  readonly page: Page;

  static async open(context: BrowserContext, app: string): Promise<AppTab> {
    const tab = new AppTab(await context.newPage());
    await tab.page.goto(app);
    await tab.#isLoaded();
    return tab;
  }

  constructor(page: Page) {
    this.page = page;
  }

  async #isLoaded(): Promise<void> {
    await this.page.waitForFunction(() => window.tested !== undefined);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#isLoaded();
  }

  state(): Promise<TabState> {
    return this.page.evaluate(async () => {
      const stored = await window.tested.stored();
      return { ...(window.tested.shown.at(-1) as Shown), storedUser: stored?.profile.sub };
    });
  }

  /** Resolves when the page shows `user` as signed in, with the user's token. */
  async isSignedInAs(user: string): Promise<void> {
    await this.#shows(
      (now) => now.status === 'active' && now.user === user && now.tokenOf === user,
    );
  }

  /** Resolves when the page shows that no user is signed in, and the SDK has stored none. */
  async isSignedOut(): Promise<void> {
    await this.#shows(
      ({ status, storedUser }) =>
        ['signed-out', 'expired'].includes(status) && storedUser === undefined,
    );
  }

  async storesUser(user: string): Promise<void> {
    await this.#shows(({ storedUser }) => storedUser === user);
  }

  async #shows(isExpected: (state: TabState) => boolean): Promise<void> {
    await until(() => this.state(), isExpected);
  }

  /** Everything that the page has shown since it was loaded. */
  history(): Promise<Shown[]> {
    return this.page.evaluate(() => window.tested.shown);
  }

  /** The calls that the page has made since it was loaded, when all have an answer. */
  async calls(): Promise<Call[]> {
    await this.page.waitForFunction(() =>
      window.tested.calls.every(({ answer }) => answer !== 'pending'),
    );
    return this.page.evaluate(() => window.tested.calls);
  }

  /** The user of the next token, or the error's code. */
  tokenUser(options?: { forceRefresh: boolean }): Promise<string> {
    return this.page.evaluate((given) => window.tested.tokenUser(given), options);
  }

  /** Starts a refresh, without waiting for its answer. */
  async startRefresh(): Promise<void> {
    await this.page.evaluate(() => {
      void window.tested.tokenUser({ forceRefresh: true });
    });
  }

  /** Resolves when the SDK of this tab has no request in progress, and has stored what it received. */
  async isQuiet(): Promise<void> {
    await this.page.waitForFunction(() => window.tested.sdkRequests === 0);
  }

  /** The provider does not know the browser any more, and asks who signs in. All tokens remain valid. */
  async forgetProviderSession(): Promise<void> {
    await this.page.context().clearCookies();
  }

  /** Signs in as `user` in a pop-up; resolves when the app's call has resolved. */
  async signInByPopup(user: 'Ada' | 'Grace', request: SignInRequest = {}): Promise<void> {
    await this.#prepare({ login: { maxAge: '1h', ...request } });
    const opened = this.page.waitForEvent('popup');
    await this.page.click('#sign-in');
    const popup = await opened;
    await popup.getByRole('button', { name: new RegExp(user) }).click();
    await this.isDone();
  }

  /** Signs in as `user` by a redirect; resolves when the page of the app has been loaded again. */
  async signInByRedirect(user: 'Ada' | 'Grace'): Promise<void> {
    await this.#prepare({ login: { maxAge: '1h', display: 'redirect' } });
    await this.page.click('#sign-in');
    await this.page.getByRole('button', { name: new RegExp(user) }).click();
    await this.#isLoaded();
  }

  /** Presses "Sign out"; resolves when the app's call has resolved, or its page has been loaded again. */
  async signOut(request: TestedPage['request']['logout']): Promise<void> {
    await this.#prepare({ logout: request });
    await this.page.click('#sign-out');
    if (request.display !== 'redirect') return this.isDone();
    await this.page.waitForFunction(() => window.tested?.outcome === 'none');
  }

  async #prepare(request: Partial<TestedPage['request']>): Promise<void> {
    await this.page.evaluate((given) => Object.assign(window.tested.request, given), request);
  }

  async isDone(): Promise<void> {
    await until(
      () => this.page.evaluate(() => window.tested.outcome),
      (outcome) => outcome === 'done',
    );
  }
}
