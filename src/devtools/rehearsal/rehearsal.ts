import type { Environment } from '../../core/environment.js';
import type { SessionSource, SourceContext, SourceEvent } from '../../core/sessionSource.js';
import type { SessionClient } from '../../core/shell/sessionClient.js';
import type { AccessToken, AccessTokenRequest, Instant, Session } from '../../core/types.js';
import { type Conditions, changeSession, changeToken, failIf, noConditions } from './conditions.js';
import { resumePage, type SimulatedDevice, simulateDevice } from './simulateDevice.js';

export type Scene =
  | 'token-expired'
  | 'session-ends-soon'
  | 'slept'
  | 'offline'
  | 'rate-limited'
  | 'wrong-clock'
  | 'other-user';

/** Lengths of the scenes (ms). The token lasts until its client has received it. */
const [shortLife, sessionLeft, sleep, clockError] = [500, 25_000, 28_800_000, 7_200_000];

/** The simulated conditions of one source, and the device of its client. */
export class Rehearsal {
  /** The scenes that are on: the same list until it changes. */
  scenes: readonly Scene[] = [];
  readonly #source: SessionSource;
  readonly #listeners = new Set<() => void>();
  readonly #tokens = new Map<string, AccessToken>();
  #conditions: Conditions = noConditions;
  #device: SimulatedDevice | null = null;
  /** The `now` of the client's context, which identifies the client. */
  #now: SourceContext['now'] | null = null;
  #session: Session | null = null;
  #emit: (event: SourceEvent) => void = () => {};
  #isTokenShort = false;
  /** The client still has the time of the simulated clocks. */
  #env: Environment | null = null;

  constructor(source: SessionSource) {
    this.#source = source;
  }

  /** Before its first request, a client is known by its name only. */
  isOf({ name, now }: SessionClient): boolean {
    return this.#now ? this.#now === now : this.#source.name === name;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getScenes = (): readonly Scene[] => this.scenes;

  /** Begins a scene. Rejects with the `SessionError` of the request that it causes, if that is part of the scene. */
  async begin(scene: Scene, client: SessionClient): Promise<void> {
    if (scene !== 'token-expired') this.#setScenes([...this.scenes, scene]);
    switch (scene) {
      case 'token-expired':
        this.#isTokenShort = true;
        return client.refresh();
      case 'session-ends-soon':
        this.#change({ endsAt: client.now() + sessionLeft });
        return this.#report(client);
      case 'other-user':
        this.#change({ isOtherUser: true });
        return this.#report(client);
      case 'rate-limited':
        this.#change({ isRateLimited: true });
        return client.refresh();
      case 'offline':
        this.#change({ isOffline: true });
        this.#deviceOf(client).setOffline(true);
        return resumePage();
      case 'slept':
        this.#change({ slept: sleep, isRenewed: false });
        this.#deviceOf(client).setClocks({ wall: sleep, servers: sleep });
        return resumePage();
      case 'wrong-clock':
        this.#deviceOf(client).setClocks({ wall: clockError, servers: 0 });
        return resumePage();
    }
  }

  /** Ends all scenes. Rejects with a `SessionError` if the source cannot tell whether there is a session. */
  async end(client: SessionClient): Promise<void> {
    this.#conditions = noConditions;
    this.#isTokenShort = false;
    this.#setScenes([]);
    this.#device?.restore();
    if (this.#device) this.#env = client.environment;
    this.#device = null;
    resumePage();
    await client.checkSession();
  }

  /** Each request of the client begins with this. Rejects with what a condition makes it fail with. */
  async beforeRequest({ fetch, now }: SourceContext): Promise<void> {
    this.#now = now;
    if (this.#env) this.#stateTime(this.#env, fetch);
    failIf(this.#conditions);
  }

  readSession(session: Session | null, now: Instant): Session | null {
    this.#session = session;
    return changeSession(session, this.#conditions, now, this.#source.extend !== undefined);
  }

  readToken(request: AccessTokenRequest, token: AccessToken): AccessToken {
    this.#tokens.set(JSON.stringify(request), token);
    return changeToken(token, this.#conditions);
  }

  /** The latest token, which expires at once and cannot be refreshed before; `null`: the source is to be asked. */
  takeShortToken(request: AccessTokenRequest, now: Instant): AccessToken | null {
    const token = this.#tokens.get(JSON.stringify(request));
    if (!this.#isTokenShort || !token) return null;
    this.#isTokenShort = false;
    const { issuedAt: _, ...others } = token;
    return { ...others, expiresAt: now + shortLife, refreshableWithin: 0 };
  }

  /** The user has stayed: the session no longer ends soon. */
  renewSession(): void {
    this.#change({ endsAt: null, isRenewed: true });
    this.#setScenes(this.scenes.filter((scene) => scene !== 'session-ends-soon'));
  }

  /** The user has signed in, so the session is theirs. */
  signIn(): void {
    this.renewSession();
    this.#change({ isOtherUser: false });
    this.#setScenes(this.scenes.filter((scene) => scene !== 'other-user'));
  }

  connect(
    onEvent: (event: SourceEvent) => void,
    subscribe: SessionSource['subscribe'],
  ): () => void {
    this.#emit = onEvent;
    const stop = subscribe?.(onEvent);
    return () => {
      this.#emit = () => {};
      stop?.();
    };
  }

  /** The source reports the changed session without a request. */
  #report(client: SessionClient): void {
    const known = this.#session ?? client.getSnapshot().session;
    this.#emit({ type: 'session', session: this.readSession(known, client.now()) });
  }

  /** A client's time never goes back by itself: a server has to state it. */
  #stateTime(environment: Environment, fetchOfClient: typeof fetch): void {
    const env = environment as { fetch: typeof fetch };
    const { fetch: realFetch } = env;
    const date = new Date(environment.wallNow()).toUTCString();
    env.fetch = async () => new Response(null, { headers: { Date: date } });
    this.#env = null;
    void fetchOfClient('');
    env.fetch = realFetch;
  }

  #deviceOf({ environment }: SessionClient): SimulatedDevice {
    this.#device ??= simulateDevice(environment);
    return this.#device;
  }

  #change(conditions: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...conditions };
  }

  #setScenes(scenes: readonly Scene[]): void {
    this.scenes = [...new Set(scenes)];
    for (const listener of [...this.#listeners]) listener();
  }
}
