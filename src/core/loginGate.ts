import { userChanged } from './endings.js';
import type { SessionError } from './errors.js';
import { once } from './once.js';

interface Waiter {
  readonly sub: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Where calls wait while a person signs in again, as long as something on the page can ask them. */
export class LoginGate {
  readonly #onChange: () => void;
  readonly #waiters = new Set<Waiter>();
  #prompters = 0;
  #pending: SessionError | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Why the first of the waiting calls waits, or `null` when none does. */
  get pending(): SessionError | null {
    return this.#pending;
  }

  /** Whether anything on the page can ask a person to sign in. */
  get canAsk(): boolean {
    return this.#prompters > 0;
  }

  /** Something that can ask is there; returns how to take it away. */
  addPrompter(): () => void {
    this.#prompters++;
    return once(() => {
      this.#prompters--;
      // A moment later, so that one which is replaced by another is not missed.
      queueMicrotask(() => this.#sendAway());
    });
  }

  /** Resolves when the person `sub` has signed in again. */
  async wait(sub: string, reason: SessionError, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const giveUp = (): void => this.#leave(waiter, () => waiter.reject(signal?.reason));
    let waiter!: Waiter;
    const opened = new Promise<void>((resolve, reject) => {
      waiter = { sub, resolve, reject };
    });
    this.#waiters.add(waiter);
    signal?.addEventListener('abort', giveUp);
    this.#pending ??= reason;
    this.#onChange();
    try {
      await opened;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** `sub` has signed in: their calls go on, another's are rejected. */
  open(sub: string): void {
    this.#leaveAll((waiter) => {
      if (waiter.sub === sub) waiter.resolve();
      else waiter.reject(userChanged());
    });
  }

  /** No sign-in will come. */
  cancel(error: SessionError): void {
    this.#leaveAll((waiter) => waiter.reject(error));
  }

  /** Nothing on the page can ask any more. */
  #sendAway(): void {
    if (!this.canAsk && this.#pending) this.cancel(this.#pending);
  }

  #leaveAll(tell: (waiter: Waiter) => void): void {
    for (const waiter of [...this.#waiters]) this.#leave(waiter, () => tell(waiter));
  }

  #leave(waiter: Waiter, tell: () => void): void {
    this.#waiters.delete(waiter);
    if (this.#waiters.size === 0) this.#pending = null;
    tell();
    this.#onChange();
  }
}
