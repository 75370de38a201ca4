import { nobody, sessionExpired } from './endings.js';
import type { SessionError } from './errors.js';
import type { Kept } from './kept.js';
import type { EndReason } from './snapshot.js';

export interface EndingOptions extends Kept {
  /** The person was active, and the source could not be told of it. */
  hasUntoldActivity: () => boolean;
}

/** How a session ends, and what ends with it. */
export class Ending {
  readonly #options: EndingOptions;
  /** The siblings are asked before an idle session is declared over. */
  #consulting: 'no' | 'under-way' | 'done' = 'no';

  constructor(options: EndingOptions) {
    this.#options = options;
  }

  /** A deadline has passed, and does not hold yet. */
  get isConsulting(): boolean {
    return this.#consulting === 'under-way';
  }

  /** A deadline has passed. What the siblings know of the person's activity counts before it holds. */
  passed(reason: EndReason): void {
    const { doubt, hasUntoldActivity, siblings, publish } = this.#options;
    // A failure is not an ending: the source is asked whether it still has the session.
    if (reason === 'idle' && hasUntoldActivity()) return doubt.raise();
    if (reason !== 'idle' || this.#consulting === 'done' || !siblings.tabs.isOpen) {
      return this.settle(reason);
    }
    this.#consulting = 'under-way';
    void siblings.greet().then(() => {
      this.#consulting = 'done';
      publish();
      this.#consulting = 'no';
    });
  }

  /** It has ended, here and for the siblings. */
  settle(reason: EndReason): void {
    const { record, siblings } = this.#options;
    if (record.fact.kind !== 'present') return;
    record.end(reason);
    this.dropTokens(sessionExpired());
    siblings.tabs.tell({ session: record.share() });
  }

  /** The person has signed out here. */
  leave(): void {
    const { calls, gate, inquiry, record, siblings, tokens } = this.#options;
    record.leave();
    this.dropTokens(nobody());
    inquiry.rejectAll(nobody());
    calls.callOff(nobody());
    tokens.forgive();
    gate.cancel(nobody());
    siblings.tabs.tell({ session: record.share() });
  }

  /** What has ended has no use for a token, and no open question. */
  dropTokens(error: SessionError): void {
    const { doubt, inquiry, tokens } = this.#options;
    doubt.drop();
    tokens.rejectAll(error);
    tokens.forget();
    inquiry.forget();
  }
}
