import { type NextRequest, NextResponse } from 'next/server';
import { isSignInNeeded } from 'session-clock/sources/nextjs-auth0-server';
import { auth0 } from './lib/auth0';

/** The SDK's routes and, for `/strict`, the check that the SDK's middleware leaves out. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const response = await auth0.middleware(request);
  if (request.nextUrl.pathname !== '/strict') return response;
  try {
    await auth0.getAccessToken(request, response);
  } catch (error) {
    // A provider that is away for a moment is no reason to send anybody there.
    if (!isSignInNeeded(error)) return response;
    return NextResponse.redirect(new URL('/auth/login?returnTo=/strict', request.url));
  }
  return response;
}

/** A request that is matched here rolls the session's cookie: a visit and `extend()`, not our looking. */
export const config = {
  matcher: ['/((?!_next/|favicon.ico|icon.svg|api/).*)', '/api/extend'],
};
