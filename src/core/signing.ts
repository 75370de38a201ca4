import type { Ending } from './ending.js';
import { nobody } from './endings.js';
import type { Kept } from './kept.js';
import type { Session } from './types.js';

export interface SigningOptions extends Kept {
  ending: Ending;
}

/** What a person is doing here; each attempt is an object of its own. */
type Act = {
  readonly kind: 'none' | 'signing-in' | 'signed-in' | 'signing-out';
};

const none: Act = { kind: 'none' };

/** A person who signs in or out here, and what the source's words mean meanwhile. */
export class Signing {
  readonly #options: SigningOptions;
  #act: Act = none;

  constructor(options: SigningOptions) {
    this.#options = options;
  }

  /** `signed-in`: somebody is, and the source has not said yet who it is. */
  get act(): Act['kind'] {
    return this.#act.kind;
  }

  /** Has the person sign in by `login`, and asks the source who it was; rejects where it is nobody. */
  async signIn(login: () => Promise<void>, ask: () => Promise<Session | null>): Promise<void> {
    const { inquiry, tokens } = this.#options;
    await this.#during({ kind: 'signing-in' }, login);
    // What was answered before says nothing of what holds now.
    inquiry.forget();
    inquiry.forgive();
    tokens.callOff();
    this.#act = { kind: 'signed-in' };
    if (!(await ask())) throw nobody();
  }

  /** Signs the person out by `logout`. */
  async signOut(logout: () => Promise<void>): Promise<void> {
    await this.#during({ kind: 'signing-out' }, logout);
    this.#act = none;
    this.#options.ending.leave();
  }

  /** The source has answered, or will not: whoever has signed in is known. Whether somebody had. */
  settle(): boolean {
    const isDue = this.#act.kind === 'signed-in';
    if (isDue) this.#act = none;
    return isDue;
  }

  async #during(act: Act, work: () => Promise<void>): Promise<void> {
    this.#act = act;
    try {
      await work();
    } finally {
      // One that was superseded is none of the next one's business.
      if (this.#act === act) this.#act = none;
    }
  }
}
