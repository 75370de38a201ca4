'use client';
import { type ReactNode, useState } from 'react';
import type { Instant } from '../core/types.js';
import { useSessionClient } from '../react/context.js';
import type { Messages } from './messages.js';
import { SessionCountdown } from './SessionCountdown.js';

/** The remaining time as a ring that was full when the warning opened. */
export function WarningRing({ endsAt, texts }: { endsAt: Instant; texts: Messages }): ReactNode {
  const { now } = useSessionClient('<SessionExpiryDialog>');
  // A warning opens after the end if the source is being asked whether the session has ended.
  const [total] = useState(() => Math.max(endsAt - now(), 1));
  return <SessionCountdown shape="ring" total={total} messages={texts} />;
}
