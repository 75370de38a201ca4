/** What ends a session, as the table in docs/policies.md lists it. */
export const endings = {
  stated: 'The server ends it, and states when (expiresAt)',
  unknown: 'The server ends it, at a time that the page cannot know',
  fixed: 'A fixed time after the sign-in',
  token: 'The end of its access token: there are no refresh tokens',
  cookie: 'A time without activity: each request extends a cookie',
  refresh: 'A time without activity, or a refusal to refresh the token',
} as const;

export type Ending = keyof typeof endings;

/** A duration as a policy takes it, for example `30m` or `12h`. */
function text(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** Durations in minutes, the warning in seconds. */
export interface Durations {
  idle: number;
  lifetime: number;
  warnBefore: number;
}

export interface PolicyChoice {
  /** The option for `createSessionClient` or the provider; `null`: none. */
  code: string | null;
  /** What the user gets. */
  effect: string;
  /** The args of the Playground that show it; `null`: it cannot. */
  args: string | null;
}

/** The policy for a session that ends like this. */
export function choosePolicy(ending: Ending, durations: Durations): PolicyChoice {
  const { idle, lifetime, warnBefore } = durations;
  const warning = warnBefore === 120 ? '' : `, warnBefore: '${warnBefore}s'`;
  const warned = `The user is warned ${warnBefore} s before.`;
  const args = (policy: string): string =>
    `policy:${policy};idle:${idle};absolute:${lifetime};warnBefore:${warnBefore}`;
  switch (ending) {
    case 'stated':
      return {
        code: null,
        effect: 'The session ends at expiresAt. The user is warned two minutes before.',
        args: args('server'),
      };
    case 'unknown':
      return {
        code: null,
        effect:
          'The page has no countdown and no warning. It notices the end with the next request, or by checkSession.',
        args: null,
      };
    case 'fixed':
      return {
        code: `absolute({ lifetime: '${text(lifetime)}'${warning} })`,
        effect: `The session ends ${text(lifetime)} after the sign-in, however active the user is. ${warned}`,
        args: args('absolute'),
      };
    case 'token':
      return {
        code: `absolute({ lifetime: 'access-token'${warning} })`,
        effect: `The session ends when the access token expires, and no new one is requested. ${warned}`,
        args: null,
      };
    case 'cookie':
    case 'refresh': {
      const name = ending === 'cookie' ? 'rolling' : 'hybrid';
      const also =
        ending === 'cookie' ? '' : ' It also ends when the provider refuses a new token for good.';
      return {
        code: `${name}({ idle: '${text(idle)}', lifetime: '${text(lifetime)}'${warning} })`,
        effect: `The session ends after ${text(idle)} without activity, and at most ${text(lifetime)} after the sign-in.${also} ${warned}`,
        args: args(name),
      };
    }
  }
}
