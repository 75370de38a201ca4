import { userChanged } from './endings.js';
import type { SessionError } from './errors.js';
import { once } from './once.js';
import type { LoginNeed, Session } from './types.js';

/** What is to be proved by a sign-in. */
export interface Proof {
  /** What the sign-in is told. */
  readonly need: LoginNeed;
  /** Whether the session shows it, whichever sign-in it comes from. */
  readonly isShownBy: (session: Session) => boolean;
}

interface Waiter {
  readonly sub: string;
  readonly reason: SessionError;
  /** Neither a token nor any other sign-in is what it waits for. */
  readonly proof: Proof | null;
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
  get need(): LoginNeed | null {
    for (const { proof } of this.#waiters) if (proof) return proof.need;
    return null;
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

  /** Resolves when the person `sub` has signed in again; with `proof`, so that it is given. */
  async wait(
    sub: string,
    reason: SessionError,
    signal?: AbortSignal,
    proof: Proof | null = null,
  ): Promise<void> {
    signal?.throwIfAborted();
    const giveUp = (): void => this.#leave(waiter, () => waiter.reject(signal?.reason));
    let waiter!: Waiter;
    const opened = new Promise<void>((resolve, reject) => {
      waiter = { sub, reason, proof, resolve, reject };
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

  /** Somebody has signed in: their calls go on, another's are rejected. */
  open(session: Session): void {
    for (const waiter of [...this.#waiters]) {
      const { proof, sub } = waiter;
      if (sub !== session.user.sub) this.#leave(waiter, () => waiter.reject(userChanged()));
      else if (!proof || proof.isShownBy(session)) this.#leave(waiter, waiter.resolve);
    }
  }

  /** A token has come by another way: who waits for one goes on. */
  openForToken(): void {
    for (const waiter of [...this.#waiters]) {
      if (!waiter.proof) this.#leave(waiter, waiter.resolve);
    }
  }

  /** The person has signed in, and the sign-in was told of `need`. */
  openAsked(need: LoginNeed): void {
    for (const waiter of [...this.#waiters]) {
      if (waiter.proof && isSame(waiter.proof.need, need)) this.#leave(waiter, waiter.resolve);
    }
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

  #leave(waiter: Waiter, tell: () => void): void {
    this.#waiters.delete(waiter);
    tell();
    this.#onChange();
  }
}

function isSame(one: LoginNeed, other: LoginNeed): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
