import type { ExpiryState, ExtendableState, FixedState } from './expiryPrompt.js';
import type { LoginQuestionState, LoginState } from './loginPrompt.js';
import type { Messages } from './messages.js';
import type { QuestionTexts } from './promptTexts.js';

/** An open warning or question. */
export type Question = ExtendableState | FixedState | LoginQuestionState;

export function isQuestion(state: ExpiryState | LoginState): state is Question {
  return state.kind === 'warning' || state.kind === 'question';
}

/** The action of the question that is in progress. */
function pendingOf(state: Question): 'stay' | 'sign-out' | 'sign-in' | null {
  if (state.kind === 'warning') return state.pending;
  return state.isPending ? 'sign-in' : null;
}

/** What is announced while an action is in progress. */
export function progressText(state: Question, { expiry, relogin }: Messages): string | null {
  const texts = {
    stay: expiry.staying,
    'sign-out': expiry.signingOut,
    'sign-in': relogin.finish,
  };
  const pending = pendingOf(state);
  return pending && texts[pending];
}

/** The title, and what will happen at `time` or why a sign-in is required. */
export function headingTexts(
  state: Question,
  time: string,
  { expiry, relogin }: Messages,
): Pick<QuestionTexts, 'title' | 'description'> {
  if (state.kind === 'warning') {
    return { title: expiry.title, description: describe(state, expiry)(time) };
  }
  return state.reason === null
    ? { title: relogin.tokenTitle, description: relogin.tokenReason }
    : { title: relogin.title, description: relogin.reason[state.reason] };
}

function describe(
  state: ExtendableState | FixedState,
  { description, lateDescription, fixedDescription }: Messages['expiry'],
): (time: string) => string {
  if (state.canExtend) return description;
  return state.isTooLate ? lateDescription : fixedDescription;
}

/** What the user can do: stay or sign out, else sign in again or answer later. */
export function buttonsOf(
  state: Question,
  { expiry, relogin }: Messages,
): QuestionTexts['actions'] {
  const pending = pendingOf(state);
  if (state.kind === 'warning' && state.canExtend) {
    return [
      {
        text: expiry.stay,
        pendingText: pending === 'stay' ? expiry.staying : null,
        press: state.stay,
      },
      {
        text: expiry.signOut,
        pendingText: pending === 'sign-out' ? expiry.signingOut : null,
        press: state.signOut,
      },
    ];
  }
  return [
    {
      text: relogin.signIn,
      pendingText: pending && relogin.signingIn,
      press: state.signIn,
    },
    { text: relogin.notNow, pendingText: null, press: state.notNow },
  ];
}
