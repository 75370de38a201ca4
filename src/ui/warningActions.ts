import type { ActionPair } from './Actions.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import type { Messages } from './messages.js';

/** What the user can do before the session ends: stay or sign out, else sign in again or answer later. */
export function warningActions(
  warning: ExtendableWarning | FixedWarning,
  { expiry, relogin }: Messages,
): ActionPair {
  const { pending } = warning;
  if (!warning.canExtend) {
    return [
      {
        text: relogin.signIn,
        pendingText: pending && relogin.signingIn,
        press: warning.signIn,
      },
      { text: relogin.notNow, pendingText: null, press: warning.notNow },
    ];
  }
  return [
    {
      text: expiry.stay,
      pendingText: pending === 'stay' ? expiry.staying : null,
      press: warning.stay,
    },
    {
      text: expiry.signOut,
      pendingText: pending === 'sign-out' ? expiry.signingOut : null,
      press: warning.signOut,
    },
  ];
}
