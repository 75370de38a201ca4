import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Instant } from '../core/types.js';
import { type Announcement, politely, urgently } from './announcement.js';
import { toSpokenText, toTimeText } from './durationText.js';
import type { Messages } from './messages.js';

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
