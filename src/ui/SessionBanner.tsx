'use client';
import { type ReactNode, useRef } from 'react';
import type { LoginRequest } from '../core/types.js';
import { BannerWarning } from './BannerWarning.js';
import { classNames } from './classNames.js';
import type { ExpiryPrompt } from './expiryPrompt.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';
import { StatusIcon } from './StatusIcon.js';
import { useExpiryPrompt } from './useExpiryPrompt.js';
import { useFocusReturn } from './useFocusReturn.js';
import { useWorkOutside } from './useWorkOutside.js';

export interface SessionBannerProps {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
  /**
   * Whether the banner stays in view while its parent scrolls; content then scrolls beneath it. Default `false`:
   * it covers nothing, and can be out of view.
   */
  isSticky?: boolean;
  /** Added to the banner's own class, `sc-banner`. */
  className?: string;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Warns before the session ends without interrupting the user, in place of `SessionExpiryDialog`. It takes a row of
 * its own above or below the content, and the focus stays where it is. A user who clicks or types in the page stays
 * signed in, like one who presses "Stay signed in". Throws a `TypeError` without a `SessionProvider`.
 * @example <><SessionBanner /><main>…</main></>
 */
export function SessionBanner(props: SessionBannerProps): ReactNode {
  const { login, isSticky = false, className, messages } = props;
  const texts = useMessages(messages);
  const prompt = useExpiryPrompt({ login, messages: texts });
  const ref = useRef<HTMLElement>(null);
  const warning = prompt.kind === 'warning' ? prompt : null;
  const focusHandlers = useFocusReturn(warning !== null);
  useWorkOutside(ref, stayOnWork(prompt));
  if (prompt.kind === 'hidden' || prompt.kind === 'reminder') return null;
  return (
    <section
      ref={ref}
      aria-label={texts.expiry.title}
      className={classNames('sc-banner', className)}
      data-kind={prompt.kind}
      data-sticky={isSticky || undefined}
      {...focusHandlers}
    >
      {warning && <BannerWarning warning={warning} texts={texts} />}
      {/* Mounted before it has a text: screen readers often skip a live region that is added with its text. */}
      <p role="status" className={warning ? 'sc-hidden' : 'sc-banner-result'}>
        {prompt.kind === 'extended' && (
          <>
            <StatusIcon shape="active" />
            {prompt.text}
          </>
        )}
      </p>
    </section>
  );
}

/** After a failure, only the button tries again. */
function stayOnWork(prompt: ExpiryPrompt): (() => void) | null {
  if (prompt.kind !== 'warning' || !prompt.canExtend) return null;
  return prompt.pending === null && prompt.failure === null ? prompt.stay : null;
}
