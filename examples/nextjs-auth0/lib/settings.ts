/** The claim with the start of the session; the server sets it, the page reads it. */
export const sessionStartClaim = 'session_started_at';
