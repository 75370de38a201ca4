import { toMsOrZero } from '../core/duration.js';
import { browserEnvironment, listenForInput } from '../core/environment.js';
import type { Duration, Instant } from '../core/types.js';
import { settled, TestEnvironment } from './testEnvironment.js';

export interface TestClockOptions {
  /** The initial time (epoch ms). Default: `Date.now()`. */
  now?: Instant | undefined;
}

/**
 * Controls the time, the network and the visibility of a page. The client's timers do not wait for real time.
 * Other timers of the page, and `Date`, are not affected: fake those with your test runner. Await each
 * method before the next step. Throws a `TypeError` if `now` is not a finite number.
 * @example await clock.advance('15m');
 */
export class TestClock {
  /** The platform of the clients that are created with this clock. */
  readonly environment: TestEnvironment;

  constructor({ now = Date.now() }: TestClockOptions = {}) {
    if (!Number.isFinite(now)) {
      throw new TypeError(
        `TestClock needs now to be a finite number, but it is ${now}. Pass the milliseconds since the epoch.`,
      );
    }
    this.environment = new PageEnvironment(now);
  }

  /** The device's time (epoch ms). */
  now(): Instant {
    return this.environment.wallNow();
  }

  /**
   * Advances the time: runs the timers in the order of their times, and settles promises in between.
   * Throws a `TypeError` for an invalid duration.
   */
  advance(duration: Duration): Promise<void> {
    const ms = toMsOrZero(duration, 'The time to advance by');
    return this.#enqueue(() => this.environment.advance(ms));
  }

  /** The device sleeps for this time and resumes; no timer runs in between. Throws a `TypeError` for an invalid duration. */
  sleep(duration: Duration): Promise<void> {
    const ms = toMsOrZero(duration, 'The time to sleep');
    return this.#changeAndResume(() => this.environment.sleep(ms));
  }

  /** Sets whether the browser is online. It does not affect `fetch`: make the source fail instead. */
  setOnline(online: boolean): Promise<void> {
    return this.#changeAndResume(() => {
      this.environment.online = online;
    });
  }

  /** Sets whether the tab is visible. */
  setVisible(visible: boolean): Promise<void> {
    return this.#changeAndResume(() => {
      this.environment.visible = visible;
    });
  }

  /** Simulates an input of the user. Real input events in the document count as well, for example a click. */
  simulateActivity(): Promise<void> {
    return this.#run(() => this.environment.simulateActivity());
  }

  #changeAndResume(change: () => void): Promise<void> {
    return this.#run(() => {
      change();
      this.environment.resume();
    });
  }

  #run(work: () => void): Promise<void> {
    return this.#enqueue(() =>
      this.environment.runWork(() => {
        work();
        return settled();
      }),
    );
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  }
}

/** One queue for all clocks: React stops rendering after two `act` calls that overlap. */
let queue: Promise<void> = Promise.resolve();

/** Adds the events of the test's own document to the simulated ones. */
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
    // The events of a test are dispatched by a script.
    return both(
      super.onActivity(listener),
      listenForInput(listener, () => true),
    );
  }
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one();
    other();
  };
}
