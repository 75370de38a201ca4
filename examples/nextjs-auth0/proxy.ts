import { type NextRequest, NextResponse } from 'next/server';
import { isSignInNeeded } from 'session-clock/sources/nextjs-auth0-server';
import { auth0 } from './lib/auth0';

/** Serves the SDK's routes and, for `/strict`, checks the access token, which the SDK's middleware does not. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const response = await auth0.middleware(request);
  if (request.nextUrl.pathname !== '/strict') return response;
  try {
    await auth0.getAccessToken(request, response);
  } catch (error) {
    // During an outage of the provider, a redirect to it would not help.
    if (!isSignInNeeded(error)) return response;
    return NextResponse.redirect(new URL('/auth/login?returnTo=/strict', request.url));
  }
  return response;
}

/** A matched request extends the session's cookie: a visit and `extend()` do, reading the session does not. */
export const config = {
  matcher: ['/((?!_next/|favicon.ico|icon.svg|api/).*)', '/api/extend'],
};
