import { createSessionClient } from '../../../src/core/shell/createSessionClient.js';
import type { SessionClient } from '../../../src/core/shell/sessionClient.js';
import {
  hybrid,
  rolling,
  SessionError,
  type SessionEvent,
  type SessionStatus,
} from '../../../src/index.js';
import { TestEnvironment } from '../../../src/testing/testEnvironment.js';
import { FakeOrigin, type FakeTab } from '../../support/fakeOrigin.js';
import { SimulatedSdk } from '../../support/simulatedSdk.js';

/** One step of a run. `tab` is an index, modulo the number of tabs. */
export type Step =
  | { do: 'advance' | 'sleep' | 'set clock'; ms: number }
  | { do: 'sign in'; tab: number; user: string }
  | {
      do:
        | 'reload'
        | 'close'
        | 'freeze'
        | 'thaw'
        | 'call'
        | 'force'
        | 'extend'
        | 'activity'
        | 'resume'
        | 'sign out'
        | 'revoked';
      tab: number;
    }
  | {
      do:
        | 'open'
        | 'provider down'
        | 'provider hangs'
        | 'provider up'
        | 'slow'
        | 'fast'
        | 'lose messages'
        | 'delay messages'
        | 'deliver messages'
        | 'see storage late'
        | 'see storage'
        | 'end at provider';
    };

export interface Tab {
  readonly env: FakeTab;
  readonly client: SessionClient;
  /** The sign-in that this page showed last. */
  shown: unknown;
  /** Sign-ins that this page has shown as ended irreversibly. */
  readonly ended: Set<unknown>;
  status: SessionStatus;
}

const maxTabs = 5;
const idle = 600_000;
/** A message between tabs takes at most this long (ms). */
const messageTime = 1_000;
/** The most requests of a tab to its SDK, and messages of all tabs, in a simulated minute. */
const maxRequests = 60;
const maxMessages = 400;

/** A device whose wall clock may be wrong, with the server's time. */
class Device extends TestEnvironment {
  serverTime: number;

  constructor(random: () => number) {
    super(undefined, random);
    this.serverTime = this.wall;
  }

  override sleep(ms: number): void {
    this.serverTime += ms;
    super.sleep(ms);
  }

  protected override pass(ms: number): void {
    this.serverTime += ms;
    super.pass(ms);
  }
}

/** Up to five tabs of one browser with a simulated SDK. The invariants are checked after every step. */
export class Browser {
  readonly origin: FakeOrigin;
  readonly sdk: SimulatedSdk;
  readonly #device: Device;
  readonly #isHybrid: boolean;
  #tabs: Tab[] = [];
  #violation: Error | null = null;
  /** The reasons for which a session may end, apart from idleness. */
  readonly #allowedReasons = new Set<string>();
  /** When the user of each sign-in was last active (server time). */
  readonly #activeAt = new Map<unknown, number>();
  /** When each sign-in was made, by its number. */
  readonly #signedInAt = new Map<number, number>();
  #isClockSet = false;
  #runningLogins = 0;
  #minute = { since: 0, messages: 0, requests: new Map<FakeTab, number>() };

  constructor(seed: number, isHybrid: boolean) {
    let state = seed;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    this.#device = new Device(random);
    this.origin = new FakeOrigin(random, this.#device);
    this.#isHybrid = isHybrid;
    this.sdk = new SimulatedSdk(
      () => this.#device.serverTime,
      () => this.#device.monotonic,
    );
    this.sdk.hasAuthTime = seed % 2 === 0;
    const tab = this.#open();
    this.sdk.signIn(tab.env, 'ada');
    this.#activeAt.set(this.sdk.latestSignIn, this.#device.serverTime);
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'advance') await this.origin.advance(step.ms);
    else if (step.do === 'sleep') {
      this.#device.sleep(step.ms);
      this.sdk.flushStorage();
    } else if (step.do === 'set clock') {
      this.#device.wall += step.ms;
      this.#isClockSet = true;
      // The SDK stored its user before the clock change, so a page that opens now must read it.
      this.sdk.flushStorage();
    } else if ('tab' in step) this.#act(step, this.#tabs[step.tab % this.#tabs.length] as Tab);
    else this.#change(step.do);
    await this.origin.advance(0);
    this.check();
  }

  /** The provider works and no message is lost any more: all tabs must agree. */
  async finish(): Promise<void> {
    this.#change('provider up');
    this.#change('fast');
    this.#change('deliver messages');
    this.#change('see storage');
    for (const { env } of this.#tabs) if (env.frozen) env.thaw();
    await this.origin.advance(61_000);
    for (const { env } of this.#tabs) env.resume();
    await this.origin.advance(130_000);
    if (this.#usersOfTabs().size > 1) await this.origin.advance(5_000);
    this.check();
    const users = [...this.#usersOfTabs()];
    if (users.length > 1) throw new Error(`the tabs disagree: ${users.join(' | ')}`);
    for (const { client } of this.#tabs) client.stop();
    // A request that never settles keeps the refresh lock until the time-out.
    await this.origin.advance(120_000);
    const left = this.#tabs.map(({ env }) => env.ownTimers).filter(Boolean);
    if (left.length > 0) throw new Error(`timers left after stop(): ${left.join()}`);
    if (this.origin.heldLocks().length > 0) throw new Error('locks left after stop()');
  }

  /** The open tabs, for the report of a failure. */
  get tabs(): readonly Tab[] {
    return this.#tabs;
  }

  /** Throws if an invariant is violated. */
  check(): void {
    if (this.#violation) throw this.#violation;
    const { maxInFlight, reused } = this.sdk;
    if (maxInFlight > 1) throw new Error(`${maxInFlight} refreshes at the same time`);
    if (reused > 0) throw new Error('a refresh token was used twice');
    // An idle end removes the user from the SDK, and the message about it may be lost.
    if (this.sdk.clears > 0) this.#allowEnds();
    for (const tab of this.#tabs) this.#checkTab(tab);
    this.#checkRates();
  }

  #checkTab(tab: Tab): void {
    const snapshot = tab.client.getSnapshot();
    const { session, status, reason } = snapshot;
    const token = tab.client.peekAccessToken();
    const isOpen = status === 'active' || status === 'expiring';
    if (token && !isOpen) throw new Error(`a token while ${status}`);
    if (token && !token.startsWith(`secret-${session?.user.sub}-`)) {
      throw new Error(`${session?.user.sub} is visible with ${token}`);
    }
    if (JSON.stringify(snapshot).includes('secret-')) throw new Error('a token in the snapshot');
    const signIn = session?.user['signIn'];
    // The storage of the SDK may still contain the former sign-in after a new one.
    const isLatest = signIn === this.sdk.latestSignIn;
    if (isOpen && isLatest && tab.ended.has(signIn))
      throw new Error(`sign-in ${signIn} was revived`);
    // While a login() is running, the end belongs to the former sign-in.
    const isFinal = this.sdk.ended.has(signIn as number) && this.#runningLogins === 0;
    const isIrreversible = reason !== 'idle' && isFinal;
    if (status === 'expired' && isIrreversible && tab.shown === signIn) tab.ended.add(signIn);
    if (isOpen) tab.shown = signIn;
    tab.status = status;
  }

  #checkRates(): void {
    const now = this.#device.monotonic;
    const { since, messages, requests } = this.#minute;
    if (now - since < 60_000) return;
    const passed = Math.max((now - since) / 60_000, 1);
    const sent = this.origin.posted.length - messages;
    if (sent > maxMessages * passed) throw new Error(`${sent} messages in a minute`);
    for (const [env, count] of this.sdk.requestCounts) {
      const sentByTab = count - (requests.get(env) ?? 0);
      if (sentByTab > maxRequests * passed)
        throw new Error(`${sentByTab} requests of a tab in a minute`);
    }
    this.#minute = {
      since: now,
      messages: this.origin.posted.length,
      requests: new Map(this.sdk.requestCounts),
    };
  }

  #usersOfTabs(): Set<string> {
    return new Set(
      this.#tabs.map(({ client }) => {
        const { status, session } = client.getSnapshot();
        // A page that opens after the end is signed out, not expired.
        const isOpen = status === 'active' || status === 'expiring';
        return isOpen ? `${session?.user.sub}` : 'no session';
      }),
    );
  }

  #open(): Tab {
    const env = this.origin.open();
    const onEvent = (event: SessionEvent): void => this.#onEvent(event);
    const policy = this.#isHybrid ? hybrid({ idle }) : rolling({ idle });
    const client = createSessionClient({ source: this.sdk.source(env), policy, onEvent }, env);
    const tab: Tab = { env, client, shown: null, ended: new Set(), status: 'loading' };
    client.subscribe(() => {
      // The invariants also hold between two steps.
      try {
        this.#checkTab(tab);
      } catch (error) {
        this.#violation ??= error as Error;
      }
    });
    client.start();
    client.retainAccessToken();
    this.#tabs.push(tab);
    return tab;
  }

  #act(step: Extract<Step, { tab: number }>, tab: Tab): void {
    const { env, client } = tab;
    if (step.do === 'thaw') return env.frozen ? env.thaw() : undefined;
    if (step.do === 'reload') {
      this.#close(tab);
      this.#open();
      return;
    }
    if (step.do === 'close') return this.#tabs.length > 1 ? this.#close(tab) : undefined;
    if (env.frozen) return;
    if (step.do === 'activity' || step.do === 'extend') this.#noteActivity(client);
    if (step.do === 'freeze') env.freeze();
    if (step.do === 'activity') env.simulateActivity();
    if (step.do === 'resume') env.resume();
    if (step.do === 'call') this.#call(tab, false);
    if (step.do === 'force') this.#call(tab, true);
    if (step.do === 'extend') this.#wait(client.extend());
    if (step.do === 'revoked') this.#end(() => client.notifyRevoked());
    if (step.do === 'sign out') this.#end(() => this.#wait(client.logout()));
    if (step.do === 'sign in') {
      this.sdk.nextUser = step.user;
      this.#runningLogins++;
      const at = this.#device.serverTime;
      const login = client.login();
      this.#wait(login);
      login
        .then(
          () => {
            this.#activeAt.set(this.sdk.latestSignIn, at);
            this.#signedInAt.set(this.sdk.latestSignIn, this.#device.serverTime);
          },
          () => {},
        )
        .finally(() => this.#runningLogins--);
    }
  }

  #noteActivity(client: SessionClient): void {
    const signIn = client.getSnapshot().session?.user['signIn'];
    const activeAt = this.#activeAt.get(signIn);
    const isInTime = activeAt !== undefined && this.#device.serverTime - activeAt < idle - 2_000;
    if (isInTime) this.#activeAt.set(signIn, this.#device.serverTime);
  }

  #close(tab: Tab): void {
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    tab.env.unload();
  }

  #end(act: () => void): void {
    this.#allowEnds();
    act();
  }

  #allowEnds(): void {
    for (const reason of [
      'signed-out',
      'signed-out-elsewhere',
      'revoked',
      'token-refresh-failed',
    ]) {
      this.#allowedReasons.add(reason);
    }
  }

  #change(what: string): void {
    const { sdk, origin } = this;
    if (what === 'open' && this.#tabs.length < maxTabs) this.#open();
    if (what === 'provider down') sdk.provider = 'down';
    if (what === 'provider hangs') sdk.provider = 'hanging';
    if (what === 'provider up') sdk.provider = 'up';
    if (what === 'slow') sdk.latency = 4_000;
    if (what === 'fast') sdk.latency = 50;
    if (what === 'see storage late') sdk.storageLag = 500;
    if (what === 'see storage') sdk.storageLag = 0;
    if (what === 'lose messages')
      origin.messageDelay = () => (this.#device.random() < 0.5 ? 'lost' : 5);
    if (what === 'delay messages') origin.messageDelay = () => this.#device.random() * 800;
    if (what === 'deliver messages') origin.messageDelay = () => 5;
    if (what === 'end at provider') this.#end(() => sdk.revoke());
  }

  #call(tab: Tab, forceRefresh: boolean): void {
    const { session, status } = tab.client.getSnapshot();
    const isKnown = status !== 'loading' && status !== 'signed-out';
    const user = isKnown ? session?.user.sub : undefined;
    const isClockBehind = this.#isBehind(tab);
    const call = tab.client.getAccessToken({ forceRefresh, onExpired: 'throw' });
    this.#wait(
      call.then((token) => {
        if (user && !token.startsWith(`secret-${user}-`)) {
          throw new Error(`a call of ${user} got ${token}`);
        }
        if (!isClockBehind && !this.#isBehind(tab)) this.#checkValid(token);
      }),
    );
  }

  /** The client's time is behind the server's, so the client cannot detect every expired token. */
  #isBehind({ client }: Tab): boolean {
    return client.now() < this.#device.serverTime - 2_500;
  }

  #checkValid(token: string): void {
    const expiresAt = this.sdk.expiryOf(token);
    if (expiresAt <= this.#device.serverTime - 1_000) throw new Error(`${token} had expired`);
  }

  #wait(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => {
      if (!(error instanceof SessionError)) this.#violation ??= error as Error;
    });
  }

  #onEvent(event: SessionEvent): void {
    if (event.type !== 'session-ended' || this.#allowedReasons.has(event.reason)) return;
    const signIn = event.session.user['signIn'] as number;
    // The source may return the session of a sign-in whose message has not arrived yet: the tab cannot tell
    // it from the former one of the same user, which has ended.
    const isUnknown = this.#device.serverTime - (this.#signedInAt.get(signIn) ?? 0) < messageTime;
    const activeAt = this.#activeAt.get(isUnknown ? signIn - 1 : signIn) ?? 0;
    // A page that opens after a clock change cannot detect it.
    const isIdle = this.#isClockSet || this.#device.serverTime - activeAt >= idle - 2_000;
    if (event.reason === 'idle' && isIdle) return;
    this.#violation ??= new Error(`unexpected end of the session: ${event.reason}`);
  }
}
