import type { AccessTokens } from './accessTokens.js';
import type { Clock } from './clock.js';
import { SessionError } from './errors.js';
import type { SourceCalls } from './sourceCalls.js';
import type { Instant } from './types.js';

/** A token that a sibling got says nothing where the sibling is in doubt itself. */
const mostDatings = 3;
/** How long a failing source is left alone before it is asked for a date again (ms). */
const betweenDatings = 10_000;

export interface TimeDoubtOptions {
  clock: Clock;
  calls: SourceCalls;
  tokens: AccessTokens;
  /** Whether a deadline has passed, by our clock. */
  isOver: () => boolean;
  onSettled: () => void;
}

/**
 * Whether it is certain that the session is still there, and that time has passed. `asking`: the
 * device slept or the page was away, and the source was not asked since. `dating`: it was, but only
 * our own clock says that the time is up, so a new token is asked for the date of its making.
 */
export class TimeDoubt {
  readonly #options: TimeDoubtOptions;
  #state: 'none' | 'asking' | 'dating' = 'none';
  #notBefore: Instant = 0;

  constructor(options: TimeDoubtOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#state !== 'none';
  }

  /** When the source has to be asked. */
  get dueAt(): Instant {
    return this.#state === 'asking' ? this.#notBefore : Number.POSITIVE_INFINITY;
  }

  raise(): void {
    this.#state = 'asking';
    this.#notBefore = 0;
  }

  drop(): void {
    this.#state = 'none';
  }

  /** The source has answered that the session is there. */
  settle(): void {
    const { calls, clock, isOver, onSettled, tokens } = this.#options;
    if (this.#state === 'dating') return;
    const canDate = calls.hasTokens && tokens.silent;
    const mustDate = this.#state === 'asking' && clock.inDoubt && isOver() && canDate;
    this.#state = mustDate ? 'dating' : 'none';
    if (!mustDate) return;
    void this.#date().then((state) => {
      if (this.#state !== 'dating') return;
      this.#state = state;
      this.#notBefore = clock.now() + betweenDatings;
      onSettled();
    });
  }

  async #date(): Promise<'none' | 'asking'> {
    const { clock, tokens } = this.#options;
    try {
      for (let attempt = 0; attempt < mostDatings && clock.inDoubt; attempt++) {
        await tokens.obtain({}, true);
        if (tokens.fact({}).token?.issuedAt === undefined) break;
      }
      return 'none';
    } catch (error) {
      return error instanceof SessionError && error.retryable ? 'asking' : 'none';
    }
  }
}
