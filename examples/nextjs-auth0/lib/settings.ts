/** What the server and the browser must agree on. */
export const sessionStartClaim = 'session_started_at';
/** How long before its end the SDK renews an access token (s). */
export const tokenRefreshBuffer = 2;
