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

/** Every route, with the app's base path before it. */
export function resolveRoutes(options: NextjsAuth0RouteOptions): NextjsAuth0Routes {
  const { routes = {}, version } = options;
  const root = version === 3 ? '/api/auth/' : '/auth/';
  // Written out: Next.js puts the values in the place of these very expressions.
  const base = (options.basePath ?? process.env.NEXT_PUBLIC_BASE_PATH ?? '').replace(
    /^\/|\/$/g,
    '',
  );
  const place = (route: string): string => (base && `/${base}`) + route;
  return {
    login: place(routes.login ?? process.env.NEXT_PUBLIC_LOGIN_ROUTE ?? `${root}login`),
    logout: place(routes.logout ?? `${root}logout`),
    profile: place(
      routes.profile ??
        process.env.NEXT_PUBLIC_PROFILE_ROUTE ??
        root + (version === 3 ? 'me' : 'profile'),
    ),
    accessToken: place(
      routes.accessToken ?? process.env.NEXT_PUBLIC_ACCESS_TOKEN_ROUTE ?? `${root}access-token`,
    ),
    ...(routes.extend && { extend: place(routes.extend) }),
  };
}

/** Next.js has it in the browser too; not all who compile this have the types of Node. */
declare const process: {
  env: {
    NEXT_PUBLIC_BASE_PATH?: string;
    NEXT_PUBLIC_LOGIN_ROUTE?: string;
    NEXT_PUBLIC_PROFILE_ROUTE?: string;
    NEXT_PUBLIC_ACCESS_TOKEN_ROUTE?: string;
  };
};
