import { absolute, hybrid, type Policy, rolling } from 'session-clock';
import type { Fault, UserId } from '../simulation/server';
import { createSimulation, type Simulation } from '../simulation/simulation';

export type PolicyName = 'hybrid' | 'rolling' | 'absolute' | 'server';

/** The settings of the Playground, which are the args of its story and therefore part of its address. */
export interface Settings {
  /** When the session ends. `server`: when the server says so. */
  policy: PolicyName;
  /** The lifetime of an access token (minutes). */
  accessToken: number;
  /** How long a session lasts without activity (minutes). */
  idle: number;
  /** How long a session lasts at most (minutes). */
  absolute: number;
  /** How long before the end the user is warned (seconds). */
  warnBefore: number;
  /** Simulated seconds per second. */
  speed: number;
  /** What is wrong with the network, the server or the provider. */
  fault: Fault;
  /** How far the device's clock is ahead (minutes). */
  clockError: number;
  /** Whether the user is active in this tab. */
  isActive: boolean;
  /** The user of the next sign-in. */
  nextUser: UserId;
  /** How the user is warned. */
  warning: 'dialog' | 'banner';
}

export const defaultSettings: Settings = {
  policy: 'hybrid',
  accessToken: 5,
  idle: 15,
  absolute: 60,
  warnBefore: 120,
  speed: 60,
  fault: 'none',
  clockError: 0,
  isActive: false,
  nextUser: 'ada',
  warning: 'dialog',
};

/** The settings that a running simulation cannot change. */
export type Lifetimes = Pick<
  Settings,
  'policy' | 'accessToken' | 'idle' | 'absolute' | 'warnBefore'
>;

const minute = 60_000;

/** The policy of the settings, as code. */
export function policyCode({ policy, idle, absolute: lifetime, warnBefore }: Lifetimes): string {
  const warning = warnBefore === 120 ? '' : `, warnBefore: '${warnBefore}s'`;
  switch (policy) {
    case 'absolute':
      return `absolute({ lifetime: '${lifetime}m'${warning} })`;
    case 'server':
      return '(none: the server states the ends)';
    default:
      return `${policy}({ idle: '${idle}m', lifetime: '${lifetime}m'${warning} })`;
  }
}

function createPolicy(lifetimes: Lifetimes): Policy | null {
  const warnBefore = lifetimes.warnBefore * 1_000;
  const idle = lifetimes.idle * minute;
  const lifetime = lifetimes.absolute * minute;
  switch (lifetimes.policy) {
    case 'absolute':
      return absolute({ lifetime, warnBefore });
    case 'rolling':
      return rolling({ idle, lifetime, warnBefore });
    case 'hybrid':
      return hybrid({ idle, lifetime, warnBefore });
    case 'server':
      return null;
  }
}

/** Creates the simulation of these settings. Throws a `TypeError` if the policy is not valid. */
export function simulate(lifetimes: Lifetimes): Simulation {
  return createSimulation({
    policy: createPolicy(lifetimes),
    accessToken: lifetimes.accessToken * minute,
    idle: lifetimes.idle * minute,
    absolute: lifetimes.absolute * minute,
    statesEnds: lifetimes.policy === 'server',
  });
}
