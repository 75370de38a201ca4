import type { Environment } from './environment.js';
import { isNewer, type Stamp } from './stamp.js';
import type { SharedFacts } from './tabMessages.js';
import { Tabs, type TabsOptions } from './tabs.js';

/** A hidden tab lets a visible one answer first, and all do not answer at once (ms). */
const longestPause = 50;

export interface SiblingsOptions extends Omit<TabsOptions, 'onHello'> {
  env: Environment;
  /** What is known here, for who asks. */
  share: () => SharedFacts;
  /** Of the latest change that is known here. */
  stamp: () => Stamp;
}

/** The other tabs as the keeper sees them: asked on arrival, answered when they ask. */
export class Siblings {
  readonly tabs: Tabs;
  readonly #options: SiblingsOptions;
  #greeted: Promise<void> = Promise.resolve();
  #greetings = 0;
  #cancelAnswer: () => void = () => {};

  constructor(options: SiblingsOptions) {
    this.#options = options;
    this.tabs = new Tabs({
      ...options,
      onHello: () => this.#answerSoon(),
      onFacts: (facts, ahead) => this.#onFacts(facts, ahead),
    });
  }

  /** Whether it is still open what they know. */
  get greeting(): boolean {
    return this.#greetings > 0;
  }

  /** Settles when they have said what they know, or will not. */
  get greeted(): Promise<void> {
    return this.#greeted;
  }

  /** Asks what they know; resolves when that is settled. */
  greet(): Promise<void> {
    this.#greetings++;
    this.#greeted = this.tabs.hello().finally(() => {
      this.#greetings--;
    });
    return this.#greeted;
  }

  close(): void {
    this.#cancelAnswer();
    this.tabs.close();
  }

  #answerSoon(): void {
    const { env, share } = this.#options;
    this.#cancelAnswer();
    const pause = env.isVisible() ? 0 : env.random() * longestPause;
    this.#cancelAnswer = env.setTimer(pause, () => {
      const facts = share();
      if (facts.session) this.tabs.tell(facts);
    });
  }

  #onFacts(facts: SharedFacts, ahead: number): void {
    const { session } = facts;
    // Somebody else has answered, and knows as much.
    if (session && !isNewer(this.#options.stamp(), session.stamp)) this.#cancelAnswer();
    this.#options.onFacts(facts, ahead);
  }
}
