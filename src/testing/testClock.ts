import { toMsOrZero } from '../core/duration.js';
import { browserEnvironment } from '../core/environment.js';
import type { Duration, Instant } from '../core/types.js';
import { settled, TestEnvironment } from './testEnvironment.js';

export interface TestClockOptions {
  /** What the clocks show at first (epoch ms). Default: `Date.now()`. */
  now?: Instant | undefined;
}

/**
 * Time, network and screen of a page under a test's thumb. Nothing waits for real time. Other timers
 * of the page, and `Date`, are not touched: fake those with your test runner. Await each of its
 * methods before the next thing is done. Throws a `TypeError` for a `now` that is no instant.
 * @example await clock.advance('15m');
 */
export class TestClock {
  /** The world of the clients that are made with this clock. */
  readonly environment: TestEnvironment;

  constructor({ now = Date.now() }: TestClockOptions = {}) {
    if (!Number.isFinite(now)) {
      throw new TypeError(`now is ${now}. Use a number of milliseconds since the epoch.`);
    }
    this.environment = new PageEnvironment(now);
  }

  /** What the device shows now (epoch ms). */
  now(): Instant {
    return this.environment.wallNow();
  }

  /** Time passes: what is due happens one after another, and what was asked is answered. Throws a `TypeError` for what is no duration. */
  advance(duration: Duration): Promise<void> {
    const ms = toMsOrZero(duration, 'The time to advance by');
    return this.#inTurn(() => this.environment.advance(ms));
  }

  /** The device sleeps, and wakes up; until then nothing happens. Throws a `TypeError` for what is no duration. */
  sleep(duration: Duration): Promise<void> {
    const ms = toMsOrZero(duration, 'The time to sleep');
    return this.#stir(() => this.environment.sleep(ms));
  }

  /** The network goes, or comes back. A `fetch` is not hindered: let the source fail. */
  setOnline(online: boolean): Promise<void> {
    return this.#stir(() => {
      this.environment.online = online;
    });
  }

  /** The tab is hidden, or seen again. */
  setVisible(visible: boolean): Promise<void> {
    return this.#stir(() => {
      this.environment.visible = visible;
    });
  }

  /** The person gives a sign of being there. What happens in the document counts as well, say a click. */
  touch(): Promise<void> {
    return this.#perform(() => this.environment.touch());
  }

  #stir(change: () => void): Promise<void> {
    return this.#perform(() => {
      change();
      this.environment.resume();
    });
  }

  #perform(work: () => void): Promise<void> {
    return this.#inTurn(() =>
      this.environment.around(() => {
        work();
        return settled();
      }),
    );
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = lastTurn.then(work);
    lastTurn = done.catch(() => {});
    return done;
  }
}

/** Of all clocks: after one `act` in the middle of another React renders nothing any more. */
let lastTurn: Promise<void> = Promise.resolve();

/** What happens in the test's own document counts too. */
class PageEnvironment extends TestEnvironment {
  readonly #page = browserEnvironment();
  override fetch: typeof fetch = this.#page.fetch;

  override isOnline(): boolean {
    return super.isOnline() && this.#page.isOnline();
  }

  override isVisible(): boolean {
    return super.isVisible() && this.#page.isVisible();
  }

  override onResume(listener: () => void): () => void {
    return both(super.onResume(listener), this.#page.onResume(listener));
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
