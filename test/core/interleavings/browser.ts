import { SessionClient } from '../../../src/core/shell/sessionClient.js';
import {
  hybrid,
  rolling,
  SessionError,
  type SessionEvent,
  type SessionStatus,
} from '../../../src/index.js';
import { TestEnvironment } from '../../../src/testing/testEnvironment.js';
import { FakeOrigin, type FakeTab } from '../../support/fakeOrigin.js';
import { RealSdk } from '../../support/realSdk.js';

/** What may happen; a tab is named by a number, modulo how many there are. */
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
  /** Sign-ins that this page has shown as ended for good. */
  readonly ended: Set<unknown>;
  status: SessionStatus;
}

const most = 5;
const idle = 600_000;
/** More requests of a tab to its SDK, or messages of all tabs, in a virtual minute are a storm. */
const mostRequests = 60;
const mostMessages = 400;

/** Knows the true time, which the device may have wrong. */
class Device extends TestEnvironment {
  truth: number;

  constructor(random: () => number) {
    super(undefined, random);
    this.truth = this.wall;
  }

  override sleep(ms: number): void {
    this.truth += ms;
    super.sleep(ms);
  }

  protected override pass(ms: number): void {
    this.truth += ms;
    super.pass(ms);
  }
}

/** Up to five tabs of one browser that use a real SDK, and what must hold after every step. */
export class Browser {
  readonly origin: FakeOrigin;
  readonly sdk: RealSdk;
  readonly #device: Device;
  readonly #isHybrid: boolean;
  #tabs: Tab[] = [];
  #broken: Error | null = null;
  /** Why a session may end. */
  readonly #causes = new Set<string>();
  /** When the user of each sign-in was active last. */
  readonly #activeAt = new Map<unknown, number>();
  #isClockSet = false;
  #logins = 0;
  #minute = { since: 0, messages: 0, asked: new Map<FakeTab, number>() };

  constructor(seed: number, isHybrid: boolean) {
    let state = seed;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    this.#device = new Device(random);
    this.origin = new FakeOrigin(random, this.#device);
    this.#isHybrid = isHybrid;
    this.sdk = new RealSdk(
      () => this.#device.truth,
      () => this.#device.monotonic,
    );
    this.sdk.tellsAuthentication = seed % 2 === 0;
    const tab = this.#open();
    this.sdk.signIn(tab.env, 'ada');
    this.#activeAt.set(this.sdk.latestSignIn, this.#device.truth);
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'advance') await this.origin.advance(step.ms);
    else if (step.do === 'sleep') {
      this.#device.sleep(step.ms);
      this.sdk.showAll();
    } else if (step.do === 'set clock') {
      this.#device.wall += step.ms;
      this.#isClockSet = true;
      // A page that is opened now could not know how long ago the SDK stored something.
      this.sdk.showAll();
    } else if ('tab' in step) this.#act(step, this.#tabs[step.tab % this.#tabs.length] as Tab);
    else this.#change(step.do);
    await this.origin.advance(0);
    this.check();
  }

  /** All is well again, and no message is lost any more: the tabs agree. */
  async finish(): Promise<void> {
    this.#change('provider up');
    this.#change('fast');
    this.#change('deliver messages');
    this.#change('see storage');
    for (const { env } of this.#tabs) if (env.frozen) env.thaw();
    await this.origin.advance(61_000);
    for (const { env } of this.#tabs) env.resume();
    await this.origin.advance(130_000);
    if (this.#opinions().size > 1) await this.origin.advance(5_000);
    this.check();
    const opinions = [...this.#opinions()];
    if (opinions.length > 1) throw new Error(`the tabs disagree: ${opinions.join(' | ')}`);
    for (const { client } of this.#tabs) client.stop();
    // What never answers keeps the refresh lock for its time.
    await this.origin.advance(120_000);
    const left = this.#tabs.map(({ env }) => env.ownTimers).filter(Boolean);
    if (left.length > 0) throw new Error(`timers left after stop(): ${left.join()}`);
    if (this.origin.heldNames().length > 0) throw new Error('locks left after stop()');
  }

  /** What has happened in each tab that is open, for a report. */
  get tabs(): readonly Tab[] {
    return this.#tabs;
  }

  /** What must hold at every instant. */
  check(): void {
    if (this.#broken) throw this.#broken;
    const { mostInFlight, reused } = this.sdk;
    if (mostInFlight > 1) throw new Error(`${mostInFlight} refreshes at once`);
    if (reused > 0) throw new Error('a refresh token was used twice');
    // An idle end removes the user from the SDK, also where a message of it was lost.
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
    // An SDK that lags may still describe the former sign-in when there is a new one.
    const isLatest = signIn === this.sdk.latestSignIn;
    if (isOpen && isLatest && tab.ended.has(signIn)) throw new Error(`sign-in ${signIn} came back`);
    // While a user signs in, the end is of the sign-in before.
    const isKnown = this.sdk.ended.has(signIn as number) && this.#logins === 0;
    const isForGood = reason !== 'idle' && isKnown;
    if (status === 'expired' && isForGood && tab.shown === signIn) tab.ended.add(signIn);
    if (isOpen) tab.shown = signIn;
    tab.status = status;
  }

  #checkRates(): void {
    const now = this.#device.monotonic;
    const { since, messages, asked } = this.#minute;
    if (now - since < 60_000) return;
    const passed = Math.max((now - since) / 60_000, 1);
    const sent = this.origin.posted.length - messages;
    if (sent > mostMessages * passed) throw new Error(`${sent} messages in a minute`);
    for (const [env, count] of this.sdk.asked) {
      const made = count - (asked.get(env) ?? 0);
      if (made > mostRequests * passed) throw new Error(`${made} requests of a tab in a minute`);
    }
    this.#minute = {
      since: now,
      messages: this.origin.posted.length,
      asked: new Map(this.sdk.asked),
    };
  }

  #opinions(): Set<string> {
    return new Set(
      this.#tabs.map(({ client }) => {
        const { status, session } = client.getSnapshot();
        // To a page that was opened after the end, it is no end.
        const isOpen = status === 'active' || status === 'expiring';
        return isOpen ? `${session?.user.sub}` : 'nobody';
      }),
    );
  }

  #open(): Tab {
    const env = this.origin.open();
    const onEvent = (event: SessionEvent): void => this.#onEvent(event);
    const policy = this.#isHybrid ? hybrid({ idle }) : rolling({ idle });
    const client = new SessionClient({ source: this.sdk.source(env), policy, onEvent }, env);
    const tab: Tab = { env, client, shown: null, ended: new Set(), status: 'loading' };
    client.subscribe(() => {
      // Also at the instants between two steps.
      try {
        this.#checkTab(tab);
      } catch (error) {
        this.#broken ??= error as Error;
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
    if (step.do === 'activity') env.touch();
    if (step.do === 'resume') env.resume();
    if (step.do === 'call') this.#call(tab, false);
    if (step.do === 'force') this.#call(tab, true);
    if (step.do === 'extend') this.#wait(client.extend());
    if (step.do === 'revoked') this.#end(() => client.notifyRevoked());
    if (step.do === 'sign out') this.#end(() => this.#wait(client.logout()));
    if (step.do === 'sign in') {
      this.sdk.nextUser = step.user;
      this.#logins++;
      const at = this.#device.truth;
      const login = client.login();
      this.#wait(login);
      login
        .then(
          () => this.#activeAt.set(this.sdk.latestSignIn, at),
          () => {},
        )
        .finally(() => this.#logins--);
    }
  }

  #noteActivity(client: SessionClient): void {
    const signIn = client.getSnapshot().session?.user['signIn'];
    const activeAt = this.#activeAt.get(signIn);
    const isInTime = activeAt !== undefined && this.#device.truth - activeAt < idle - 2_000;
    if (isInTime) this.#activeAt.set(signIn, this.#device.truth);
  }

  #close(tab: Tab): void {
    this.#tabs = this.#tabs.filter((other) => other !== tab);
    tab.env.leave();
  }

  #end(act: () => void): void {
    this.#allowEnds();
    act();
  }

  #allowEnds(): void {
    for (const cause of ['signed-out', 'signed-out-elsewhere', 'revoked', 'token-refresh-failed']) {
      this.#causes.add(cause);
    }
  }

  #change(what: string): void {
    const { sdk, origin } = this;
    if (what === 'open' && this.#tabs.length < most) this.#open();
    if (what === 'provider down') sdk.mood = 'down';
    if (what === 'provider hangs') sdk.mood = 'never';
    if (what === 'provider up') sdk.mood = 'good';
    if (what === 'slow') sdk.latency = 4_000;
    if (what === 'fast') sdk.latency = 50;
    if (what === 'see storage late') sdk.lag = 500;
    if (what === 'see storage') sdk.lag = 0;
    if (what === 'lose messages') origin.fate = () => (this.#device.random() < 0.5 ? 'lost' : 5);
    if (what === 'delay messages') origin.fate = () => this.#device.random() * 800;
    if (what === 'deliver messages') origin.fate = () => 5;
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

  /** A device whose clock is behind cannot know better. */
  #isBehind({ client }: Tab): boolean {
    return client.now() < this.#device.truth - 2_500;
  }

  #checkValid(token: string): void {
    const expiresAt = this.sdk.expiryOf(token);
    if (expiresAt <= this.#device.truth - 1_000) throw new Error(`${token} had expired`);
  }

  #wait(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => {
      if (!(error instanceof SessionError)) this.#broken ??= error as Error;
    });
  }

  #onEvent(event: SessionEvent): void {
    if (event.type !== 'session-ended' || this.#causes.has(event.reason)) return;
    // A page that was opened since cannot know that the clock was set.
    const activeAt = this.#activeAt.get(event.session.user['signIn']) ?? 0;
    const isIdle = this.#isClockSet || this.#device.truth - activeAt >= idle - 2_000;
    if (event.reason === 'idle' && isIdle) return;
    this.#broken ??= new Error(`ended without a cause: ${event.reason}`);
  }
}
