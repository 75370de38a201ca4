import { absolute, hybrid, type Policy, rolling } from 'session-clock';

export type Strategy = 'absolute' | 'rolling' | 'hybrid';

/** The three strategies. `idle` and `lifetime` mirror the SDK's own durations on the server. */
export const strategies: Record<Strategy, { policy: Policy; description: string }> = {
  absolute: {
    policy: absolute({ lifetime: 'access-token', warnBefore: '20s' }),
    description: 'The session ends with its first access token, which is never refreshed.',
  },
  rolling: {
    policy: rolling({ idle: '3m', lifetime: '1h', warnBefore: '1m' }),
    description: 'Your activity extends the session. Access tokens are refreshed silently.',
  },
  hybrid: {
    policy: hybrid({ idle: '3m', lifetime: '1h', warnBefore: '1m' }),
    description:
      'As rolling; the session also ends when its access token cannot be refreshed any more.',
  },
};
