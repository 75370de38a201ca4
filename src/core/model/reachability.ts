import type { State } from './state.js';

/**
 * Whether a request may reach the source without a call that waits for it. The browser can be wrong about
 * being offline (`navigator.onLine` behind some VPNs and on some Linux systems), so a request is sent all the
 * same. Its failure confirms that the browser is offline; the success of any later request refutes it.
 */
export function isReachable({ isFailing, reading }: State): boolean {
  return reading.online || !isFailing;
}
