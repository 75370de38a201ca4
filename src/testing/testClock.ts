import { toMs, toMsOrZero } from '../core/duration.js';
import { browserEnvironment } from '../core/environment.js';
import type { Duration, Instant } from '../core/types.js';
import { settled, TestEnvironment } from './testEnvironment.js';

export interface TestClockOptions {
  /** What the clocks show at first (epoch ms). Default: the beginning of 2026. */
  now?: Instant;
}

/**
 * Time, network and screen of a page under a test's thumb. Nothing waits for real time. Other timers
 * of the page, and `Date`, are not touched: fake those with your test runner.
 * @example await clock.advance('15m');
 */
export class TestClock {
  /** The world of the clients that are made with this clock. */
  readonly environment: TestEnvironment;

  constructor({ now }: TestClockOptions = {}) {
    this.environment = new PageEnvironment(now);
  }

  /** What the device shows now (epoch ms). */
  now(): Instant {
    return this.environment.wallNow();
  }

  /** Time passes: what is due happens one after another, and what was asked is answered. Throws a `TypeError` for what is no duration. */
  advance(duration: Duration): Promise<void> {
    return this.environment.advance(toMsOrZero(duration, 'advance()'));
  }

  /** The device sleeps, and wakes up; until then nothing happens. Throws a `TypeError` for what is no duration. */
  sleep(duration: Duration): Promise<void> {
    this.environment.sleep(toMs(duration, 'sleep()'));
    return this.#stir();
  }

  /** The network goes, or comes back. A `fetch` is not hindered: let the source fail. */
  setOnline(online: boolean): Promise<void> {
    this.environment.online = online;
    return this.#stir();
  }

  /** The tab is hidden, or seen again. */
  setVisible(visible: boolean): Promise<void> {
    this.environment.visible = visible;
    return this.#stir();
  }

  /** The person gives a sign of being there. What happens in the document counts as well, say a click. */
  touch(): Promise<void> {
    return this.#perform(() => this.environment.touch());
  }

  #stir(): Promise<void> {
    return this.#perform(() => this.environment.stir());
  }

  #perform(work: () => void): Promise<void> {
    return this.environment.around(() => {
      work();
      return settled();
    });
  }
}

/** What happens in the test's own document counts too. */
class PageEnvironment extends TestEnvironment {
  readonly #page = browserEnvironment();

  override isOnline(): boolean {
    return super.isOnline() && this.#page.isOnline();
  }

  override isVisible(): boolean {
    return super.isVisible() && this.#page.isVisible();
  }

  override onStir(listener: () => void): () => void {
    return both(super.onStir(listener), this.#page.onStir(listener));
  }

  override onActivity(listener: () => void): () => void {
    return both(super.onActivity(listener), this.#page.onActivity(listener));
  }
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}
