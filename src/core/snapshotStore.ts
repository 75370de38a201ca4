import { replaceEqualDeep } from '@tanstack/react-query';
import { type Derived, derive, type Facts } from './derive.js';
import { callSafely, Emitter } from './emitter.js';
import type { Policy } from './policy.js';
import type { EndReason, SessionEvent, Snapshot } from './snapshot.js';
import { transitions } from './transitions.js';
import type { Instant } from './types.js';

export interface SnapshotStoreOptions {
  policy: Policy;
  now: () => Instant;
  facts: () => Facts;
  /** A deadline has passed: it becomes a fact, so that what comes late cannot bring the session back. */
  onPassed: (reason: EndReason) => void;
  /** Brings the rest of what can be seen up to date; whether any of it has changed. */
  settleRest: () => boolean;
  onEvent: ((event: SessionEvent) => void) | undefined;
}

/** What can be seen: the snapshot, who watches it, and the events between one and the next. */
export class SnapshotStore {
  readonly events: Emitter = new Emitter();
  readonly #options: SnapshotStoreOptions;
  readonly #listeners: Set<() => void> = new Set();
  readonly #recorded: SessionEvent[] = [];
  readonly #untold: SessionEvent[] = [];
  #derived: Derived;

  constructor(options: SnapshotStoreOptions) {
    this.#options = options;
    this.#derived = this.#derive();
  }

  get snapshot(): Snapshot {
    return this.#derived.snapshot;
  }

  /** When the snapshot changes by itself; `Infinity`: not before a new fact. */
  get wakeAt(): Instant {
    return this.#derived.wakeAt;
  }

  subscribe(listener: () => void): () => void {
    // A wrapper of its own, so that one function may subscribe twice.
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Brings the snapshot up to date and, where anything has changed, tells those who watch. */
  publish(): void {
    const before = this.snapshot;
    let derived = this.#derive();
    const { status, reason } = derived.snapshot;
    if (status === 'expired' && before.status !== 'expired') {
      this.#options.onPassed(reason);
      derived = this.#derive();
    }
    this.#derived = { ...derived, snapshot: replaceEqualDeep(before, derived.snapshot) };
    const restChanged = this.#options.settleRest();
    const happened = transitions(before, this.snapshot, this.#options.now());
    this.#untold.push(...happened, ...this.#recorded.splice(0));
    if (restChanged || this.snapshot !== before) this.#tell();
    // Who is told may change something: each event is then told once, and in order.
    for (let event = this.#untold.shift(); event; event = this.#untold.shift()) this.#emit(event);
  }

  /** Something happened; it is told with the next snapshot, which then already shows it. */
  record(event: SessionEvent): void {
    this.#recorded.push(event);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) callSafely(listener, undefined);
  }

  #emit(event: SessionEvent): void {
    if (this.#options.onEvent) callSafely(this.#options.onEvent, event);
    this.events.emit(event);
  }

  #derive(): Derived {
    const { facts, policy, now } = this.#options;
    return derive(facts(), policy, now());
  }
}
