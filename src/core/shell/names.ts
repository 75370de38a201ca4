/** What a client shares with the other tabs of the origin begins with this name. */
export function originName(clientName: string): string {
  return `session-clock:${clientName}`;
}

/** The refresh lock has the same name in every release, so that tabs of two releases share it. */
export function refreshLockName(clientName: string): string {
  return `${originName(clientName)}:turn`;
}
