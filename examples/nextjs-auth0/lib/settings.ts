/** The claim that tells the browser when the session began; the server sets it, the page reads it. */
export const sessionStartClaim = 'session_started_at';
