import type { Clock, Shift } from './clock.js';
import { type Environment, isDevelopment, type TabChannel } from './environment.js';
import { SessionError } from './errors.js';
import type { Stamp } from './stamp.js';
import { type Envelope, read, type SharedFacts, type TabMessage, write } from './tabMessages.js';

/** How long a new tab waits for what its siblings know before it asks the source (ms). */
const helloWait = 100;
/** How long a tab that has its turn waits for a sibling's word that is still under way (ms). */
const wordWait = 1_000;
/** How long a word is known to have been given (ms). */
const wordLife = 5_000;
/** How much longer than the source may take a tab waits for its turn (ms). */
const turnGrace = 5_000;
const longestMemory = 200;
/** How long one tab's storage may take to be seen by another's (ms). */
const storageLag = 500;
/** A turn that is free is given within this time (ms). */
const atOnce = 50;
/** What differs by less is the same (ms). */
const sameTime = 1_000;

export interface Turn {
  /** Another tab had the turn before, just now. */
  readonly waited: boolean;
}

export interface TabsOptions {
  name: string;
  env: Environment;
  clock: Clock;
  /** How long whoever has the turn may take (ms). */
  timeout: number;
  /** The clock was set by that of a sibling which a server has told. */
  onShift: (shift: Shift) => void;
  /** Whether nothing is known here yet. */
  isNew: () => boolean;
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
  /** When a sibling has last told of a token (ms, monotonic). */
  #toldAt = Number.NEGATIVE_INFINITY;
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
    work: (turn: Turn) => Promise<Result>,
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
      const askedAt = env.monotonicNow();
      const turn = async (): Promise<void> => {
        stopWaiting();
        const waited = env.monotonicNow() - askedAt > atOnce;
        const result = this.#hearWords(signal).then(() => work({ waited }));
        resolve(result);
        await Promise.allSettled([result]);
        await Promise.all([this.#given, this.#atMost(quiet())]);
      };
      this.#takeTurn(waiting.signal, turn).catch(leave);
    });
  }

  /** Lets what another tab has just stored arrive here, or its word. */
  async pause(signal: AbortSignal, { waited }: Turn): Promise<void> {
    const { env } = this.#options;
    const since = waited ? env.monotonicNow() : this.#toldAt;
    const rest = since + storageLag - env.monotonicNow();
    if (rest > 0) await this.#listen(() => signal.aborted, rest);
    signal.throwIfAborted();
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
    // Who says that a server has told the time must have looked at the clock.
    clock.check();
    const wall = env.wallNow();
    const offset = clock.now() - wall;
    const { doubt } = clock;
    const told = clock.toldByServer && !doubt;
    this.#channel?.post(write({ id, from: this.#id, wall, offset, told, doubt, message }));
    return id;
  }

  #onMessage(data: unknown): void {
    const { clock, onHello, onFacts } = this.#options;
    clock.check();
    const envelope = read(data, clock.now());
    if (!envelope || envelope.from === this.#id) return;
    const { id, message } = envelope;
    if (message.type === 'hello') return onHello();
    const { session, tokens } = message;
    for (const { stamp } of session ? [session, ...tokens] : tokens) {
      this.#rev = Math.max(this.#rev, stamp.rev);
    }
    onFacts(message, this.#compare(envelope));
    if (message.tokens.length > 0) this.#toldAt = this.#options.env.monotonicNow();
    this.#heard.add(id);
    for (const old of this.#heard) {
      if (this.#heard.size <= longestMemory) break;
      this.#heard.delete(old);
    }
    this.#tellListeners();
  }

  /** By how many ms the sender's time is ahead of ours, once ours was set by one that knows better. */
  #compare({ wall, offset, told, doubt }: Envelope): number {
    const { env, clock, isNew, onShift } = this.#options;
    const theirs = env.wallNow() + offset;
    // A clock that was set while the message was under way says nothing.
    const isFresh = Math.abs(env.wallNow() - wall) < sameTime;
    if (isFresh && told && (!clock.toldByServer || clock.inDoubt)) {
      onShift(clock.learn(theirs, sameTime));
    } else if (isFresh && isNew() && !clock.toldByServer) {
      clock.follow(theirs, doubt);
    }
    const ahead = offset - (clock.now() - env.wallNow());
    return Math.abs(ahead) < sameTime ? 0 : ahead;
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
