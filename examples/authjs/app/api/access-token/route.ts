import { routes } from '../../../lib/auth';

export const GET = routes.accessToken;
