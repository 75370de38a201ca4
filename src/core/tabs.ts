import type { Clock, Shift } from './clock.js';
import type { Environment, TabChannel } from './environment.js';
import type { Stamp } from './stamp.js';
import { type Envelope, read, type SharedFacts, type TabMessage, write } from './tabMessages.js';
import { Turns } from './turns.js';
import { Words } from './words.js';

/** How long a new tab waits for what its siblings know before it asks the source (ms). */
const helloWait = 100;
/** What differs by less is the same (ms). */
const sameTime = 1_000;

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

/** The tabs of one origin and one client: what they say to each other, and by whose clock they go. */
export class Tabs {
  /** Whose turn it is to ask the source. */
  readonly turns: Turns;
  readonly words: Words;
  readonly #options: TabsOptions;
  readonly #id: string;
  readonly #name: string;
  #rev = 0;
  #channel: TabChannel | null = null;
  #count = 0;
  /** How often a sibling has said what it knows. */
  #answers = 0;

  constructor(options: TabsOptions) {
    const { env, timeout } = options;
    this.#options = options;
    this.#id = env.newId();
    this.#name = `session-clock:${options.name}`;
    this.words = new Words({ name: this.#name, tab: this.#id, env });
    this.turns = new Turns({ name: this.#name, env, timeout, words: this.words });
  }

  open(): void {
    const { env } = this.#options;
    this.#channel ??= env.openChannel(this.#name, (data) => this.#onMessage(data));
  }

  get isOpen(): boolean {
    return this.#channel !== null;
  }

  close(): void {
    this.#channel?.close();
    this.#channel = null;
    this.words.close();
  }

  /** A stamp for what has changed here. */
  stamp(): Stamp {
    this.#rev++;
    return { rev: this.#rev, by: this.#id };
  }

  /** Asks what the siblings know; resolves with the first answer, or soon. */
  async hello(): Promise<void> {
    if (!this.#channel) return;
    this.#post({ type: 'hello' });
    const before = this.#answers;
    await this.words.wait(helloWait, () => this.#answers > before);
  }

  /** Says what is known here. */
  tell(facts: Partial<SharedFacts>): void {
    if (!this.#channel) return;
    const id = this.#post({ type: 'facts', session: null, tokens: [], ...facts });
    if (facts.tokens?.length) this.words.give(id);
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
    this.#answers++;
    onFacts(message, this.#compare(envelope));
    this.words.hear(id, tokens.length > 0);
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
}
