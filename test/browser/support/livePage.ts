import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { RunningDemo } from './demo.ts';

interface ProviderState {
  provider: 'running' | 'stopped';
  counts: Record<'signIns' | 'refreshes' | 'refusedRefreshes' | 'reusedRefreshTokens', number>;
}

/** The Live story in its own browser profile, and the actions of a user. */
export class LivePage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #demo: RunningDemo;
  /** Every token that the provider has issued to this page. */
  readonly tokens: Set<string> = new Set();
  readonly consoleLines: string[] = [];

  static async open(browser: Browser, demo: RunningDemo): Promise<LivePage> {
    const context = await browser.newContext();
    const live = new LivePage(demo, context, await context.newPage());
    await live.page.goto(`${demo.app}/iframe.html?id=live--live&viewMode=story`);
    await live.page.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 60_000 });
    return live;
  }

  constructor(demo: RunningDemo, context: BrowserContext, page: Page) {
    this.#demo = demo;
    this.context = context;
    this.page = page;
    page.on('console', (message) => this.consoleLines.push(message.text()));
    page.on('pageerror', (error) => this.consoleLines.push(String(error.stack)));
    context.on('response', async (response) => {
      if (response.url() !== `${demo.issuer}/token`) return;
      const body = await response.json().catch(() => ({}));
      for (const name of ['access_token', 'refresh_token', 'id_token']) {
        if (typeof body[name] === 'string') this.tokens.add(body[name]);
      }
    });
  }

  /** Presses `button`, and signs in as `userName` in the pop-up. */
  async signInBy(button: Locator, userName: 'Ada' | 'Grace'): Promise<void> {
    await this.#inPopup(button, (popup) =>
      popup.getByRole('button', { name: new RegExp(userName) }).click(),
    );
  }

  /** Presses `button` while the provider's session exists: the pop-up closes without a question. */
  async signInSilentlyBy(button: Locator): Promise<void> {
    await this.#inPopup(button, async () => {});
  }

  async #inPopup(button: Locator, act: (popup: Page) => Promise<void>): Promise<void> {
    const [popup] = await Promise.all([this.page.waitForEvent('popup'), button.click()]);
    const closed = popup.isClosed() ? null : popup.waitForEvent('close');
    await act(popup);
    await closed;
  }

  get answers(): Locator {
    return this.page.getByLabel('Answers', { exact: true });
  }

  get relogin(): Locator {
    return this.page.getByRole('alertdialog', { name: /session has ended|sign in again/ });
  }

  get expiryWarning(): Locator {
    return this.page.getByRole('alertdialog', { name: /about to end/ });
  }

  /** The number of calls that were answered with 200, that were answered, and that wait. */
  async counts(): Promise<{ ok: number; answered: number; waiting: number }> {
    const [ok = 0, answered = 0, waiting = 0] =
      ((await this.answers.textContent()) ?? '')
        .match(/\b\d+(?= of| answered|\swaiting)/g)
        ?.map(Number) ?? [];
    return { ok, answered, waiting };
  }

  async latestAnswer(): Promise<string | null> {
    return this.page.getByLabel('Latest answers').getByRole('listitem').last().textContent();
  }

  async control(action: string): Promise<ProviderState> {
    const response = await fetch(`${this.#demo.api}/control/${action}`, { method: 'POST' });
    return (await response.json()) as ProviderState;
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
