import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext, Route } from 'playwright-core';
import { until } from './until.ts';

/**
 * Delays the answers to refreshes, not the refreshes: the provider has rotated the refresh token, and a
 * sign-out at the provider does not make the answer a refusal.
 */
export class SlowRefreshes {
  readonly #delay: number;
  #rotated = 0;

  /** From now on each answer takes `delay` ms longer. */
  static async start(
    context: BrowserContext,
    issuer: string,
    delay: number,
  ): Promise<SlowRefreshes> {
    const slow = new SlowRefreshes(delay);
    await context.route(`${issuer}/token`, (route) => slow.#handle(route));
    return slow;
  }

  constructor(delay: number) {
    this.#delay = delay;
  }

  async #handle(route: Route): Promise<void> {
    if (!route.request().postData()?.includes('grant_type=refresh_token')) return route.continue();
    const response = await route.fetch();
    this.#rotated++;
    await wait(this.#delay);
    // The page may have been left meanwhile.
    await route.fulfill({ response }).catch(() => {});
  }

  /** Resolves when the answer to the first refresh is on its way. */
  async isUnderWay(): Promise<void> {
    await until(
      async () => this.#rotated,
      (count) => count > 0,
    );
  }
}
