/**
 * What the shipped sources are built of, for a source of your own.
 * @see docs/own-source.md
 */
export { toMs } from '../core/duration.js';
export { type JwtDates, readJwtClaims, readJwtDates } from '../core/jwt.js';
export { expectOk, readJson, readJsonOrNull } from './http.js';
export { httpError, readRetryAfter } from './jsonBody.js';
export { openPopup, untilUserReturns, watchPopup } from './navigation.js';
export { oauthError } from './oauthErrors.js';
