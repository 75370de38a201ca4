import { omitUndefined } from '../core/omitUndefined.js';

/** The paths of the SDK's routes in the app. All are GET routes of this origin. */
export interface NextjsAuth0Routes {
  login: string;
  logout: string;
  /** Returns the user: the SDK's route, or one of the app with the same answers. */
  profile: string;
  /** Returns an access token: the SDK's route, or one of the app created with `accessTokenRoute`. */
  accessToken: string;
  /** A route that extends the session's cookie. Without one, the session cannot be extended. */
  extend?: string;
}

export interface NextjsAuth0RouteOptions {
  /** `3`: the routes of the SDK's third version, `/api/auth/*`. Default `4`. */
  version?: 3 | 4;
  /** Next.js `basePath`. Default: `NEXT_PUBLIC_BASE_PATH`. */
  basePath?: string;
  /** Routes that differ from the SDK's. Default: `NEXT_PUBLIC_LOGIN_ROUTE`, `NEXT_PUBLIC_PROFILE_ROUTE`, `NEXT_PUBLIC_ACCESS_TOKEN_ROUTE`. */
  routes?: Partial<NextjsAuth0Routes>;
}

/** The routes, each relative to `base`. */
export interface ResolvedRoutes extends NextjsAuth0Routes {
  /** Starts with `/`, or is empty. */
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
  // Not every bundler defines `process`, Storybook's for example.
  if (typeof process === 'undefined') return {};
  // In full: Next.js replaces exactly these expressions with their values.
  return {
    base: process.env.NEXT_PUBLIC_BASE_PATH,
    login: process.env.NEXT_PUBLIC_LOGIN_ROUTE,
    profile: process.env.NEXT_PUBLIC_PROFILE_ROUTE,
    accessToken: process.env.NEXT_PUBLIC_ACCESS_TOKEN_ROUTE,
  };
}

/** Not every build has the types of Node. */
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
