import { listenForInput } from '../environment.js';
import type { SessionClient } from './sessionClient.js';

/**
 * Counts the user's input in another window or document of this origin as activity, for example in an iframe
 * or an embedded editor. Call it after each load of the frame, which removes the listeners. Returns a function
 * that removes them. Throws the browser's `SecurityError` for a frame of another origin: let that frame post a
 * message, and call `client.reportActivity()` for it.
 * @example <iframe onLoad={({ currentTarget }) => observeActivity(client, currentTarget.contentWindow!)} />
 */
export function observeActivity(client: SessionClient, target: Window | Document): () => void {
  return listenForInput(client.reportActivity, ({ isTrusted }) => isTrusted, target);
}
