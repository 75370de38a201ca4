/** Every access to the storage throws. Runs in the page, as the following function does. */
export function throwAlways(): void {
  for (const method of ['getItem', 'setItem', 'removeItem', 'key'] as const) {
    Storage.prototype[method] = () => {
      throw new DOMException('The storage is denied.', 'SecurityError');
    };
  }
}

/** What session-clock writes does not fit into the storage. */
export function throwOwnWrites(): void {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function write(key: string, value: string) {
    if (key.startsWith('session-clock')) throw new DOMException('Full.', 'QuotaExceededError');
    setItem.call(this, key, value);
  };
}

/** Removes what session-clock has stored. Returns the number of entries. */
export function removeOwnEntries(): number {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith('session-clock'));
  for (const key of keys) localStorage.removeItem(key);
  return keys.length;
}
