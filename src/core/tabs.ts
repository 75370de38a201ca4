import type { Clock } from './clock.js';
import { type Environment, isDevelopment, type TabChannel } from './environment.js';
import { SessionError } from './errors.js';
import type { Stamp } from './stamp.js';
import { read, type SharedFacts, type TabMessage, write } from './tabMessages.js';

/** How long a new tab waits for what its siblings know before it asks the source (ms). */
const helloWait = 100;
/** How long a tab that has its turn waits for a sibling's word that is still under way (ms). */
const wordWait = 1_000;
/** How long a word is known to have been given (ms). */
const wordLife = 5_000;
/** How much longer than the source may take a tab waits for its turn (ms). */
const turnGrace = 5_000;
const longestMemory = 200;

export interface TabsOptions {
  name: string;
  env: Environment;
  clock: Clock;
  /** How long whoever has the turn may take (ms). */
  timeout: number;
  /** A sibling asks what is known here. */
  onHello: () => void;
  /** A sibling's time is by `ahead` ms ahead of ours. */
  onFacts: (facts: SharedFacts, ahead: number) => void;
}

/**
 * The tabs of one origin and one client: what they say to each other, and whose turn it is to ask
 * the source. Nobody's turn is ever stolen: a tab that dies loses it, one that freezes gives it up,
 * one that hangs times out.
 */
export class Tabs {
  readonly #options: TabsOptions;
  readonly #id: string;
  readonly #name: string;
  #rev = 0;
  #channel: TabChannel | null = null;
  /** Once opened; a page that is suspended takes its turn all the same. */
  #isUsed = false;
  #isClosed = false;
  /** Where there are no locks, this tab at least takes one turn after the other. */
  #lastTurn: Promise<void> = Promise.resolve();
  /** The latest words that were heard, by their ids. */
  readonly #heard = new Set<string>();
  readonly #listeners = new Set<() => void>();
  /** Settles when all other tabs can know that there is a word of ours that they must have heard. */
  #given: Promise<void> = Promise.resolve();
  #forgetWord: () => void = () => {};
  #count = 0;
  readonly #limits = new Set<() => void>();

  constructor(options: TabsOptions) {
    this.#options = options;
    this.#id = options.env.newId();
    this.#name = `session-clock:${options.name}`;
  }

  open(): void {
    this.#isClosed = false;
    if (this.#channel) return;
    const { env } = this.#options;
    this.#channel = env.locks && env.openChannel(this.#name, (data) => this.#onMessage(data));
    if (this.#channel) this.#isUsed = true;
    else warnOnce();
  }

  get isOpen(): boolean {
    return this.#channel !== null;
  }

  close(): void {
    this.#isClosed = true;
    this.#forgetWord();
    for (const cancel of this.#limits) cancel();
    this.#limits.clear();
    this.#channel?.close();
    this.#channel = null;
    this.#tellListeners();
  }

  /** A stamp for what has changed here. */
  stamp(): Stamp {
    this.#rev++;
    return { rev: this.#rev, by: this.#id };
  }

  /** Asks what the siblings know; resolves with the first answer, or soon. */
  async hello(): Promise<void> {
    if (!this.#channel) return;
    let answered = false;
    this.#post({ type: 'hello' });
    await this.#listen(
      () => answered,
      helloWait,
      () => {
        answered = true;
      },
    );
  }

  /** Says what is known here. */
  tell(facts: Partial<SharedFacts>): void {
    if (!this.#channel) return;
    const id = this.#post({ type: 'facts', session: null, tokens: [], ...facts });
    if (!facts.tokens?.length) return;
    this.#forgetWord();
    this.#given = this.#leaveWord(id);
  }

  /**
   * Does `work` when no other tab does; before it, whatever was told in earlier turns has been
   * heard. The turn lasts until `quiet`: a request that nobody waits for any more may still be
   * under way. Rejects with `ERR_TIMEOUT` where the turn does not come.
   */
  async exclusive<Result>(
    signal: AbortSignal,
    work: () => Promise<Result>,
    quiet: () => Promise<void>,
  ): Promise<Result> {
    const { env, timeout } = this.#options;
    return new Promise<Result>((resolve, reject) => {
      const waiting = new AbortController();
      const stopWaiting = (): void => {
        cancelTimer();
        signal.removeEventListener('abort', giveUp);
      };
      const leave = (reason: unknown): void => {
        stopWaiting();
        waiting.abort(reason);
        reject(reason);
      };
      const giveUp = (): void => leave(signal.reason);
      const cancelTimer = env.setTimer(timeout + turnGrace, () => leave(noTurn()));
      signal.addEventListener('abort', giveUp);
      const turn = async (): Promise<void> => {
        stopWaiting();
        const result = this.#hearWords(signal).then(work);
        resolve(result);
        await Promise.allSettled([result]);
        await Promise.all([this.#given, this.#atMost(quiet())]);
      };
      this.#takeTurn(waiting.signal, turn).catch(leave);
    });
  }

  #takeTurn(signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
    const { locks } = this.#options.env;
    if (locks && this.#isUsed) return locks.hold(`${this.#name}:turn`, signal, turn);
    const taken = this.#lastTurn.then(() => (signal.throwIfAborted(), turn()));
    this.#lastTurn = taken.catch(() => {});
    return taken;
  }

  /** What neither heeds its signal nor answers is given up after another time-out. */
  async #atMost(settled: Promise<void>): Promise<void> {
    // After unmount no timer may remain.
    if (this.#isClosed) return settled;
    const { env, timeout } = this.#options;
    let stop = (): void => {};
    const limit = new Promise<void>((resolve) => {
      const cancel = env.setTimer(timeout, resolve);
      stop = () => (cancel(), this.#limits.delete(cancel));
      this.#limits.add(cancel);
    });
    await Promise.race([settled, limit]);
    stop();
  }

  #post(message: TabMessage): string {
    const { env, clock } = this.#options;
    const id = `${this.#id}.${this.#count++}`;
    const offset = clock.now() - env.wallNow();
    const told = clock.toldByServer;
    this.#channel?.post(write({ id, from: this.#id, offset, told, message }));
    return id;
  }

  #onMessage(data: unknown): void {
    const { env, clock, onHello, onFacts } = this.#options;
    const envelope = read(data, clock.now());
    if (!envelope || envelope.from === this.#id) return;
    const { id, offset, told, message } = envelope;
    if (message.type === 'hello') return onHello();
    const { session, tokens } = message;
    for (const { stamp } of session ? [session, ...tokens] : tokens) {
      this.#rev = Math.max(this.#rev, stamp.rev);
    }
    if (told && !clock.toldByServer) clock.learn(env.wallNow() + offset, 1_000);
    onFacts(message, offset - (clock.now() - env.wallNow()));
    this.#heard.add(id);
    for (const old of this.#heard) {
      if (this.#heard.size <= longestMemory) break;
      this.#heard.delete(old);
    }
    this.#tellListeners();
  }

  /**
   * A turn and a message come by different ways, so the next tab may have the turn before the word.
   * A lock that bears the word's name tells it what to wait for.
   */
  #leaveWord(id: string): Promise<void> {
    const { env } = this.#options;
    return new Promise((given) => {
      const never = new AbortController().signal;
      const held = env.locks?.hold(`${this.#name}:word:${id}`, never, () => {
        given();
        return new Promise<void>((resolve) => {
          const cancel = env.setTimer(wordLife, resolve);
          this.#forgetWord = () => {
            cancel();
            resolve();
          };
        });
      });
      held?.catch(() => given());
    });
  }

  async #hearWords(signal: AbortSignal): Promise<void> {
    const prefix = `${this.#name}:word:`;
    const held = (await this.#options.env.locks?.held()) ?? [];
    const words = held
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((id) => !id.startsWith(`${this.#id}.`));
    await this.#listen(() => words.every((id) => this.#heard.has(id)), wordWait);
    signal.throwIfAborted();
  }

  /** Waits until a message has made it so, for at most `ms`. */
  #listen(isSo: () => boolean, ms: number, onMessage: () => void = () => {}): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = (): void => {
        this.#listeners.delete(listener);
        cancelTimer();
        resolve();
      };
      const listener = (): void => {
        onMessage();
        if (isSo() || !this.#channel) stop();
      };
      const cancelTimer = this.#options.env.setTimer(ms, stop);
      this.#listeners.add(listener);
    });
  }

  #tellListeners(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function noTurn(): SessionError {
  return new SessionError(
    'ERR_TIMEOUT',
    'Another tab has been asking the source for too long. It is asked again; if this goes on, close the other tabs of this site.',
  );
}

let warned = false;

function warnOnce(): void {
  if (warned || !isDevelopment()) return;
  warned = true;
  console.warn(
    'session-clock: this page has no Web Locks or no BroadcastChannel (an insecure origin, or an old browser), so each tab keeps its clocks alone and refreshes for itself.',
  );
}
