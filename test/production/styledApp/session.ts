import {
  createSessionClient,
  rolling,
  type Session,
  type SessionClient,
  SessionError,
  type SessionErrorCode,
  type SessionSource,
} from 'session-clock';
import type { ReloginDialogProps, SessionExpiryDialogProps } from 'session-clock/ui';

/** Classes of Tailwind, which finds them here. */
export const utilities = { dialog: 'rounded-none', button: 'bg-[rgb(1,2,3)]', title: 'text-3xl' };

/** What the page shows. */
export interface Shown {
  component: 'expiry' | 'relogin' | 'banner' | 'all';
  /** The remaining time (s). */
  left?: number;
  /** Whether the session can be extended. */
  canExtend?: boolean;
  /** The failure of every action. */
  failure?: SessionErrorCode;
  /** Whether the session ends at once. */
  end?: boolean;
  lang?: string;
  /** Whether the page is higher than the window. Default `true`. */
  isTall?: boolean;
  props?: SessionExpiryDialogProps & ReloginDialogProps;
}

export interface StartedApp {
  client: SessionClient;
  isKnown: Promise<void>;
}

export function start({ left = 90, canExtend = false, failure }: Shown): StartedApp {
  let remaining = left * 1_000;
  const act = async (): Promise<void> => {
    if (failure) throw new SessionError(failure, 'It fails.');
  };
  const getSession = async (): Promise<Session> => ({
    user: { sub: 'ada', name: 'Ada Lovelace', email: 'ada.king.lovelace@analytical.example' },
    startedAt: Date.now() - 3_600_000,
    expiresAt: Date.now() + remaining,
  });
  const source: SessionSource = {
    name: 'a page',
    getSession,
    login: act,
    logout: act,
  };
  if (canExtend) {
    source.extend = async () => {
      await act();
      remaining = 1_800_000;
      return getSession();
    };
  }
  const policy = rolling({ idle: '1h', warnBefore: '2m' });
  const client = createSessionClient({ source, policy, name: crypto.randomUUID() });
  const isKnown = new Promise<void>((resolve) => {
    client.subscribe(() => client.getSnapshot().status !== 'loading' && resolve());
  });
  return { client, isKnown };
}
