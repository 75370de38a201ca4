/** How long a session lasts without activity (s). */
export const sessionMaxAge = 180;
