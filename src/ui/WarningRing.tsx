'use client';
import { type ReactNode, useState } from 'react';
import type { Instant } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import type { Messages } from './messages.js';
import { SessionCountdown } from './SessionCountdown.js';

/** The remaining time as a ring that was full when the warning opened. */
export function WarningRing({ endsAt, texts }: { endsAt: Instant; texts: Messages }): ReactNode {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  const [total] = useState(() => Math.max(endsAt - now(), 0));
  return <SessionCountdown shape="ring" total={total} messages={texts} />;
}
