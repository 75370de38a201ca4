import { omitUndefined } from '../core/omitUndefined.js';

/** Where the app serves what the SDK does. All are GET, and paths of this origin. */
export interface NextjsAuth0Routes {
  login: string;
  logout: string;
  /** Who is signed in: the SDK's route, or one of the app that answers alike. */
  profile: string;
  /** An access token: the SDK's route, or one of the app made with `accessTokenRoute`. */
  accessToken: string;
  /** A route whose visit rolls the session's cookie. Without one, `extend()` is not offered. */
  extend?: string;
}

export interface NextjsAuth0RouteOptions {
  /** `3`: the routes of the SDK's third version, `/api/auth/*`. Default `4`. */
  version?: 3 | 4;
  /** Next.js `basePath`. Default: `NEXT_PUBLIC_BASE_PATH`. */
  basePath?: string;
  /** Routes that differ from the SDK's. Default: `NEXT_PUBLIC_LOGIN_ROUTE` and its like. */
  routes?: Partial<NextjsAuth0Routes>;
}

/** What the browser asks for, each behind `base`. */
export interface ResolvedRoutes extends NextjsAuth0Routes {
  /** Begins with `/`, or is empty. */
  base: string;
}

export function resolveRoutes(options: NextjsAuth0RouteOptions): ResolvedRoutes {
  const { version, routes = {}, basePath } = options;
  const root = version === 3 ? '/api/auth/' : '/auth/';
  const { base = '', ...configured } = omitUndefined(readEnvironment());
  return {
    base: `/${basePath ?? base}`.replace(/\/+(?=\/|$)/g, ''),
    login: `${root}login`,
    logout: `${root}logout`,
    profile: root + (version === 3 ? 'me' : 'profile'),
    accessToken: `${root}access-token`,
    ...configured,
    ...omitUndefined(routes),
  };
}

function readEnvironment(): Record<string, string | undefined> {
  // Not every bundler has it, say in a Storybook.
  if (typeof process === 'undefined') return {};
  // Written out: Next.js puts the values in the place of these very expressions.
  return {
    base: process.env.NEXT_PUBLIC_BASE_PATH,
    login: process.env.NEXT_PUBLIC_LOGIN_ROUTE,
    profile: process.env.NEXT_PUBLIC_PROFILE_ROUTE,
    accessToken: process.env.NEXT_PUBLIC_ACCESS_TOKEN_ROUTE,
  };
}

/** Not all who compile this have the types of Node. */
declare const process:
  | {
      env: {
        NEXT_PUBLIC_BASE_PATH?: string;
        NEXT_PUBLIC_LOGIN_ROUTE?: string;
        NEXT_PUBLIC_PROFILE_ROUTE?: string;
        NEXT_PUBLIC_ACCESS_TOKEN_ROUTE?: string;
      };
    }
  | undefined;
