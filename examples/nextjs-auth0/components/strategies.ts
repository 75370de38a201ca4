import { absolute, hybrid, type Policy, rolling } from 'session-clock';

export type Strategy = 'absolute' | 'rolling' | 'hybrid';

/** The three strategies. `idle` and `lifetime` mirror the SDK's own durations on the server. */
export const strategies: Record<Strategy, { policy: Policy; says: string }> = {
  absolute: {
    policy: absolute({ lifetime: 'access-token', warnBefore: '20s' }),
    says: 'The session ends with its first access token. Nothing is renewed behind your back.',
  },
  rolling: {
    policy: rolling({ idle: '3m', lifetime: '1h', warnBefore: '1m' }),
    says: 'The session goes on while you are active. Access tokens are renewed silently.',
  },
  hybrid: {
    policy: hybrid({ idle: '3m', lifetime: '1h', warnBefore: '1m' }),
    says: 'As rolling, and it also ends when no access token can be had any more.',
  },
};
