import {
  type AccessToken,
  type Session,
  SessionError,
  type SessionErrorCode,
  type SessionSource,
  type SourceContext,
} from '../../src/index.js';
import { TestEnvironment } from '../../src/testing/testEnvironment.js';

/** What the source does when it is next asked. */
export type Mood =
  | 'good'
  | 'nobody'
  | 'hang'
  | 'same-again'
  | 'dead-on-arrival'
  | 'throws-anything'
  | SessionErrorCode;

/** A world that knows the true time, which the device may have wrong, and a server that lives by it. */
export class World extends TestEnvironment {
  /** The server's clock. */
  truth: number;
  mood: { session: Mood; token: Mood } = { session: 'good', token: 'good' };
  who = 'ada';
  tokenLife = 60_000;
  /** Whether tokens bear a date of the server's clock, as a JWT does, and not the seconds they have left. */
  datesTokens = false;
  asked: { what: 'session' | 'token'; at: number }[] = [];
  mostTokenFlights = 0;
  #tokenFlights = 0;
  #minted = 0;
  #last: AccessToken | null = null;
  readonly #deaths = new Map<string, number>();

  constructor(deviceError: number, random: () => number) {
    super(Date.UTC(2026, 0, 1) + deviceError, random);
    this.truth = Date.UTC(2026, 0, 1);
    this.fetch = async () =>
      new Response('', { headers: { Date: new Date(this.truth).toUTCString() } });
  }

  override sleep(ms: number): void {
    this.truth += ms;
    super.sleep(ms);
  }

  /** Somebody sets the device's clock; awake, or a clock set back would hide the sleep before it. */
  setWall(by: number): void {
    this.resume();
    this.wall += by;
    this.resume();
  }

  protected override pass(ms: number): void {
    this.truth += ms;
    super.pass(ms);
  }

  isDead(token: string): boolean {
    return this.truth >= (this.#deaths.get(token) ?? Number.NEGATIVE_INFINITY);
  }

  readonly source: SessionSource = {
    name: 'world',
    getSession: (context) => this.#getSession(context),
    getAccessToken: async (_request, context) => {
      this.#tokenFlights++;
      this.mostTokenFlights = Math.max(this.mostTokenFlights, this.#tokenFlights);
      try {
        return await this.#getAccessToken(context);
      } finally {
        this.#tokenFlights--;
      }
    },
    login: async () => {},
    logout: async () => {},
  };

  async #getSession(context: SourceContext): Promise<Session | null> {
    this.asked.push({ what: 'session', at: this.truth });
    await context.fetch('/session');
    await this.#suffer(this.mood.session, context);
    return this.mood.session === 'nobody' ? null : { user: { sub: this.who } };
  }

  async #getAccessToken(context: SourceContext): Promise<AccessToken> {
    this.asked.push({ what: 'token', at: this.truth });
    await context.fetch('/token');
    await this.#suffer(this.mood.token, context);
    if (this.mood.token === 'same-again' && this.#last) return this.#last;
    const life = this.mood.token === 'dead-on-arrival' ? -1_000 : this.tokenLife;
    const value = `token-${this.#minted++}-of-${this.who}`;
    this.#deaths.set(value, this.truth + life);
    const now = this.datesTokens ? this.truth : context.now();
    this.#last = { value, expiresAt: now + life };
    return this.#last;
  }

  async #suffer(mood: Mood, { signal }: SourceContext): Promise<void> {
    if (mood === 'hang') {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }
    if (mood === 'throws-anything') throw 'a string';
    if (mood.startsWith('ERR_')) throw new SessionError(mood as SessionErrorCode, 'in a mood');
  }
}
