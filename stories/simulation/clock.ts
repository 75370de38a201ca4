interface Timer {
  at: number;
  callback: () => void;
}

/** How much real time passes at most between two steps (ms), after the page was hidden or busy. */
const longestPause = 100;
/**
 * How much simulated time passes at most in one step (ms). Countdowns set a timer for each second: a page that
 * rendered each of them would take long to skip an hour. A timer is late by a step at most, as in a busy browser.
 */
const longestStep = 15_000;

/**
 * A clock that can run faster than real time, or be set forward. Timers run in the order of their
 * times, and what they cause is done before the next one runs.
 */
export class SimulatedClock {
  #speed = 1;
  readonly #timers = new Set<Timer>();
  #monotonic = 0;
  #slept = 0;
  #queue: Promise<void> = Promise.resolve();
  readonly #begin: number;

  /** `begin`: the first instant (epoch ms). */
  constructor(begin: number = Date.now()) {
    this.#begin = begin;
  }

  /** The true time (epoch ms), as a server knows it. */
  now(): number {
    return this.#begin + this.#monotonic + this.#slept;
  }

  /** The running time (ms), without the time in which the device slept. */
  running(): number {
    return this.#monotonic;
  }

  /** Calls `callback` after `ms` of running time. Returns a function that cancels this. */
  setTimer = (ms: number, callback: () => void): (() => void) => {
    const timer = { at: this.#monotonic + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Simulated time per real time: at 60, a minute passes in a second. */
  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  /** Lets the clock run until the returned function is called. */
  run(): () => void {
    let last = performance.now();
    const interval = setInterval(() => {
      const elapsed = Math.min(performance.now() - last, longestPause);
      last = performance.now();
      void this.advance(elapsed * this.#speed);
    }, 1_000 / 30);
    return () => clearInterval(interval);
  }

  /** Advances the time at once. Resolves when all timers that became due have run. */
  advance(ms: number): Promise<void> {
    this.#queue = this.#queue.then(() => this.#advance(ms));
    return this.#queue;
  }

  /** The device sleeps: time passes, and no timer runs. */
  sleep(ms: number): void {
    this.#slept += ms;
  }

  async #advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    while (this.#monotonic < end) {
      this.#monotonic = Math.min(this.#monotonic + longestStep, end);
      for (let next = this.#next(); next; next = this.#next()) {
        this.#timers.delete(next);
        next.callback();
        await settled();
      }
      await nextTask();
    }
  }

  #next(): Timer | undefined {
    const [first] = [...this.#timers].sort((a, b) => a.at - b.at);
    return first && first.at <= this.#monotonic ? first : undefined;
  }
}

/** Resolves when the promises that need no task have settled. */
async function settled(): Promise<void> {
  for (let count = 0; count < 20; count++) await Promise.resolve();
}

/** Resolves in a later task: the body of a response is not read within this one. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
