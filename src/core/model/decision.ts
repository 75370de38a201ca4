import type { MessageKey } from '../errorMessages.js';
import type { SessionError } from '../errors.js';
import type { Session } from '../types.js';

/** The result of a call, or why it waits. `heldBy`: the error that a sign-in would resolve; the call waits for the user. */
export type Decision =
  | { readonly kind: 'wait'; readonly heldBy: Reason | null }
  | { readonly kind: 'resolve'; readonly value: string | Session | undefined }
  | { readonly kind: 'reject'; readonly reason: Reason };

/** An error of the source, or the key of an error of the core. */
export type Reason = SessionError | MessageKey;
