import type { ReactNode } from 'react';
import { hybrid, type Policy, rolling } from 'session-clock';
import type { TestSourceOptions } from 'session-clock/testing';
import {
  ReloginDialog,
  SessionBanner,
  SessionCountdown,
  SessionExpiryDialog,
  SessionStatusBadge,
  SessionTimeline,
  SignInButton,
  SignOutButton,
} from 'session-clock/ui';
import { rendered } from './rendered.ts';
import type { Gallery } from './site.ts';

const policy = rolling({ idle: '30m', warnBefore: '2m' });

interface Scene {
  readonly policy: Policy;
  readonly source?: TestSourceOptions;
  readonly page: ReactNode;
  /** What happens before the picture is taken. */
  readonly steps?: (tools: Gallery) => Promise<unknown> | void;
}

/** Presses the button at this place of the open dialog, or of the page. */
async function press({ clock }: Gallery, place: number): Promise<void> {
  await rendered();
  const root = document.querySelector('dialog[open]') ?? document.body;
  root.querySelectorAll('button')[place]?.click();
  await clock.advance('1s');
}

const warned = ({ clock }: Gallery): Promise<void> => clock.advance('28m');

/** Each component in each of its states. */
const scenes: Readonly<Record<string, Scene>> = {
  warning: { policy, steps: warned, page: <SessionExpiryDialog /> },
  'warning-urgent': {
    policy,
    steps: ({ clock }) => clock.advance(29.75 * 60_000),
    page: <SessionExpiryDialog />,
  },
  'warning-failed': {
    policy,
    async steps(tools) {
      await warned(tools);
      tools.source.fail('ERR_SERVER', 'extend');
      await press(tools, 0);
    },
    page: <SessionExpiryDialog />,
  },
  'warning-fixed': {
    policy,
    // It cannot be extended.
    source: {
      session: {
        user: { sub: 'ada' },
        startedAt: Date.UTC(2026, 0, 15, 11),
        expiresAt: Date.UTC(2026, 0, 15, 12, 1, 30),
      },
      without: ['extend'],
    },
    page: <SessionExpiryDialog />,
  },
  extended: {
    policy,
    async steps(tools) {
      await warned(tools);
      await press(tools, 0);
    },
    page: <SessionExpiryDialog />,
  },
  'form-with-warning': {
    policy,
    page: (
      <>
        <label>
          Note <input />
        </label>
        <SessionExpiryDialog />
      </>
    ),
  },
  'shortest-warning': {
    policy: rolling({ idle: '40s', warnBefore: '20s' }),
    source: { sessionLifetime: '40s' },
    steps: ({ clock }) => clock.advance('20s'),
    page: <SessionExpiryDialog />,
  },
  relogin: {
    policy,
    steps: ({ source }) => source.emit({ type: 'revoked' }),
    page: <ReloginDialog />,
  },
  'relogin-reminder': {
    policy,
    async steps(tools) {
      tools.source.emit({ type: 'revoked' });
      await tools.clock.advance('1s');
      await press(tools, 1);
    },
    page: <ReloginDialog />,
  },
  banner: { policy, steps: warned, page: <SessionBanner /> },
  countdowns: {
    policy,
    steps: ({ clock }) => clock.advance('10m'),
    page: (
      <div className="row">
        <SessionCountdown />
        <SessionCountdown shape="ring" />
        <SessionCountdown shape="bar" />
      </div>
    ),
  },
  timeline: {
    policy: hybrid({ idle: '30m', lifetime: '8h', warnBefore: '2m' }),
    async steps({ clock, client }) {
      client.retainAccessToken();
      await clock.advance('20m');
      await clock.simulateActivity();
      await clock.advance('5m');
    },
    page: <SessionTimeline />,
  },
  account: {
    policy,
    page: (
      <div className="row">
        <SessionStatusBadge />
        <SignOutButton />
      </div>
    ),
  },
  'signed-out': {
    policy,
    source: { session: null },
    page: (
      <div className="row">
        <SessionStatusBadge />
        <SignInButton />
      </div>
    ),
  },
};

/** Throws an `Error` for an unknown name. */
export function findScene(name: string | null): Scene {
  const scene = scenes[name ?? ''];
  if (!scene) throw new Error(`There is no scene ${name}.`);
  return scene;
}
