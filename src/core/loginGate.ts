import { userChanged } from './endings.js';
import type { SessionError } from './errors.js';
import { once } from './once.js';
import type { LoginNeed } from './types.js';

interface Waiter {
  readonly sub: string;
  readonly reason: SessionError;
  /** A token alone is not what it waits for: the person must sign in as this asks. */
  readonly need: LoginNeed | null;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Where calls wait while a person signs in again, as long as something on the page can ask them. */
export class LoginGate {
  readonly #onChange: () => void;
  readonly #waiters = new Set<Waiter>();
  #prompters = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Why the first of the waiting calls waits, or `null` when none does. */
  get pending(): SessionError | null {
    for (const { reason } of this.#waiters) return reason;
    return null;
  }

  /** What the next sign-in has to prove, so that the first of those who need proof can go on. */
  get need(): LoginNeed {
    for (const { need } of this.#waiters) if (need) return need;
    return {};
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

  /** Resolves when the person `sub` has signed in again; without `need` a token that has come will do. */
  async wait(
    sub: string,
    reason: SessionError,
    signal?: AbortSignal,
    need: LoginNeed | null = null,
  ): Promise<void> {
    signal?.throwIfAborted();
    const giveUp = (): void => this.#leave(waiter, () => waiter.reject(signal?.reason));
    let waiter!: Waiter;
    const opened = new Promise<void>((resolve, reject) => {
      waiter = { sub, reason, need, resolve, reject };
    });
    this.#waiters.add(waiter);
    signal?.addEventListener('abort', giveUp);
    this.#onChange();
    try {
      await opened;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** `sub` has signed in: their calls go on, another's are rejected. */
  open(sub: string): void {
    for (const waiter of [...this.#waiters]) this.#open(waiter, sub);
  }

  /** A token has come by another way: who waits for one goes on. */
  openForToken(sub: string): void {
    for (const waiter of [...this.#waiters]) if (!waiter.need) this.#open(waiter, sub);
  }

  /** No sign-in will come. `error`: why, where it is not what each waited for. */
  cancel(error?: SessionError): void {
    for (const waiter of [...this.#waiters]) {
      this.#leave(waiter, () => waiter.reject(error ?? waiter.reason));
    }
  }

  /** Nothing on the page can ask any more. */
  #sendAway(): void {
    if (!this.canAsk) this.cancel();
  }

  #open(waiter: Waiter, sub: string): void {
    this.#leave(waiter, () => {
      if (waiter.sub === sub) waiter.resolve();
      else waiter.reject(userChanged());
    });
  }

  #leave(waiter: Waiter, tell: () => void): void {
    this.#waiters.delete(waiter);
    tell();
    this.#onChange();
  }
}
