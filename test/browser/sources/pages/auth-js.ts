import { authJs } from '../../../../src/sources/auth-js.js';
import { startDriven } from './driven';

const routes = { session: '/api/session', accessToken: '/api/access-token' };
startDriven(authJs({ routes }), async () => (await (await fetch(routes.session)).json()) !== null);
