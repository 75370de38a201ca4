'use client';
import { useCallback, useEffect, useState } from 'react';
import type { SessionClient } from '../core/shell/sessionClient.js';
import type { Instant } from '../core/types.js';
import { useSession } from '../react/useSession.js';
import type { Messages } from './messages.js';
import { timeText } from './promptTexts.js';

/** How long the notice is shown (ms). */
const shownFor = 10_000;

/** The result of an answer. Show it in an element with `role="status"`; it disappears after ten seconds. */
export interface SignedInNotice {
  /** Until when the user is signed in (server time, epoch ms); `null`: no end is known. */
  endsAt: Instant | null;
  text: string;
  close: () => void;
}

/** The notice that the session goes on, and a function that shows it. */
export function useSignedInNotice(
  client: SessionClient,
  texts: Messages,
): [notice: SignedInNotice | null, show: () => void] {
  const [result, setResult] = useState<{ endsAt: Instant | null } | null>(null);
  const isOpen = useSession(({ status }) => status === 'active' || status === 'expiring');
  const close = useCallback(() => setResult(null), []);
  // The end moves with the user's activity: the text is the one of the answer.
  const show = useCallback(
    () => setResult({ endsAt: client.getSnapshot().deadline?.at ?? null }),
    [client],
  );
  useEffect(
    () => (result ? client.environment.setTimer(shownFor, close) : undefined),
    [client, result, close],
  );
  if (!result || !isOpen) return [null, show];
  return [{ endsAt: result.endsAt, text: textOf(client, result.endsAt, texts), close }, show];
}

function textOf(client: SessionClient, endsAt: Instant | null, texts: Messages): string {
  const { signedIn, signedInUntil } = texts.result;
  return endsAt === null ? signedIn : signedInUntil(timeText(client, endsAt, texts));
}
