import { accessTokenRoute } from 'session-clock/sources/nextjs-auth0-server';
import { auth0 } from '../../../lib/auth0';

export const GET = accessTokenRoute(auth0);
