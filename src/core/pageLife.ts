import { stopped } from './endings.js';
import { Lifecycle } from './lifecycle.js';
import type { Parts } from './parts.js';
import type { Policy } from './policy.js';
import type { SessionSource } from './types.js';

export interface PageLifeOptions extends Parts {
  source: SessionSource;
  policy: Policy;
  /** Looks at what is due; `stirred`: the person may be back. */
  lookAround: (stirred: boolean) => void;
}

/** The page's own life: begun and stopped, frozen and back, asleep with its device. */
export class PageLife {
  readonly #options: PageLifeOptions;
  readonly lifecycle: Lifecycle = new Lifecycle(
    () => this.#begin(),
    () => this.#halt(),
  );
  #stopListening: (() => void)[] = [];

  constructor(options: PageLifeOptions) {
    this.#options = options;
  }

  /** After a freeze, or when a person comes back, the siblings may know better. */
  heedAbsence(stirred: boolean): void {
    const { attendance, doubt, record, siblings } = this.#options;
    const presence = attendance.look(stirred);
    // A sibling that signed somebody else in may be gone by now: the source knows.
    if (presence === 'stale' && record.fact.kind === 'present') doubt.raise();
    if (presence !== 'here' && this.lifecycle.running && !siblings.greeting) this.#greet();
  }

  /** After a sleep no deadline is believed to have passed until the source was asked. Whether it slept. */
  heedSleep(): boolean {
    const { clock, doubt, record, store } = this.#options;
    const slept = clock.takeSleep();
    if (slept === 0) return false;
    if (record.fact.kind === 'present') doubt.raise();
    store.record({ type: 'woke', at: clock.now(), slept });
    return true;
  }

  #begin(): void {
    const { env, extension, hearing, lookAround, source, tokens } = this.#options;
    this.#stopListening = [
      env.onStir(() => lookAround(true)),
      env.onSuspend(() => this.#suspend()),
      source.subscribe?.((event) => hearing.told(event)) ?? (() => {}),
      // Where the session ends with its token, somebody must know when that is.
      tokens.silent ? () => {} : tokens.use({}),
      this.#mayIdle() ? extension.watch() : () => {},
    ];
    this.#greet();
    lookAround(false);
  }

  #halt(): void {
    const { calls, doubt, gate, inquiry, tokens } = this.#options;
    for (const stop of this.#stopListening.splice(0)) stop();
    this.#callOff();
    // Whoever starts it again asks the source first.
    if (doubt.isOpen) doubt.raise();
    calls.callOff(stopped());
    inquiry.rejectAll(stopped());
    tokens.rejectAll(stopped());
    gate.cancel(stopped());
  }

  /** The page is about to be frozen, or kept for "back": its turn and its channel are the others'. */
  #suspend(): void {
    this.#options.attendance.suspend();
    this.#callOff();
  }

  #callOff(): void {
    const { alarm, inquiry, siblings, tokens } = this.#options;
    inquiry.callOff();
    tokens.callOff();
    siblings.close();
    alarm.clear();
  }

  #greet(): void {
    const { attendance, lookAround, record, siblings } = this.#options;
    attendance.greet();
    siblings.tabs.open();
    void siblings.greet().then(() => {
      if (!this.lifecycle.running) return;
      if (record.vouch()) siblings.tabs.tell({ session: record.share() });
      lookAround(false);
    });
  }

  /** Whether a person's activity can move the end at all. */
  #mayIdle(): boolean {
    const { calls, policy } = this.#options;
    if (policy.kind === 'absolute') return false;
    return calls.canExtend || ('idle' in policy && policy.idle !== undefined);
  }
}
