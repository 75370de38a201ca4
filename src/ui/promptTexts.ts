import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Instant } from '../core/types.js';
import { type Announcement, politely, urgently } from './announcement.js';
import { toSpokenText, toTimeText } from './durationText.js';
import type { Messages } from './messages.js';

/** A button of a prompt. */
export interface PromptButton {
  readonly text: string;
  /** The text while the action is in progress; `null`: it is not. */
  readonly pendingText: string | null;
  readonly press: () => void;
}

/** The texts of an open warning or question. */
export interface QuestionTexts extends SpokenTexts {
  title: string;
  /** What will happen and when, or why a sign-in is required. Of a warning, it changes only if the end moves. */
  description: string;
  /** Why the latest action failed and what the user can do, for an element with `role="alert"`; `null`: no failure. */
  failure: string | null;
  /** The buttons, the recommended one first. */
  actions: readonly [recommended: PromptButton, other: PromptButton];
}

/** What there is to announce, also if nothing is shown. */
export interface SpokenTexts {
  announcement: Announcement;
}

export interface ReminderTexts extends SpokenTexts {
  /** The text of the button. */
  text: string;
}

export interface ResultTexts extends SpokenTexts {
  /** Until when the user is signed in. */
  text: string;
}

/** From here on an announcement of the remaining time interrupts the screen reader (ms). */
const urgentTime = 40_000;

/** `remaining` in ms; `null`: nothing is announced yet. */
export function announceRemaining(texts: Messages, remaining: number | null): Announcement {
  if (remaining === null) return politely('');
  const text = texts.expiry.remaining(toSpokenText(remaining, texts.locale));
  return remaining <= urgentTime ? urgently(text) : politely(text);
}

/** A time of the server, as the clock of the user's device will show it. */
export function timeText(client: SessionClient, at: Instant, { locale }: Messages): string {
  const serverNow = client.now();
  const deviceNow = client.environment.wallNow();
  return toTimeText(at - serverNow + deviceNow, deviceNow, locale);
}
