'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useImperativeHandle,
  useRef,
} from 'react';
import type { LoginRequest } from '../core/types.js';
import { type BannerSlots, BannerWarning } from './BannerWarning.js';
import { classNames } from './classNames.js';
import type { ExpiryPrompt } from './expiryPrompt.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';
import { StatusIcon } from './StatusIcon.js';
import { useExpiryPrompt } from './useExpiryPrompt.js';
import { useFocusReturn } from './useFocusReturn.js';
import { usePromptTexts } from './usePromptTexts.js';
import { useWorkOutside } from './useWorkOutside.js';

/** The banner observes the focus itself. */
type OwnProps = 'children' | 'onFocus' | 'onBlur';

export interface SessionBannerProps
  extends BannerSlots,
    Omit<ComponentPropsWithoutRef<'section'>, OwnProps> {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
  /**
   * Whether the banner stays in view while its parent scrolls; content then scrolls beneath it. Default `false`:
   * it covers nothing, and can be out of view.
   */
  isSticky?: boolean;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * Warns before the session ends without interrupting the user, in place of `SessionExpiryDialog`. It takes a row of
 * its own above or below the content, and the focus stays where it is. A user who clicks or types in the page stays
 * signed in, like one who presses "Stay signed in". It is a `section` and takes its native props and `ref`. Throws a
 * `TypeError` without a `SessionProvider`.
 * @example <><SessionBanner /><main>…</main></>
 */
export const SessionBanner: ForwardRefExoticComponent<
  SessionBannerProps & RefAttributes<HTMLElement>
> = forwardRef<HTMLElement, SessionBannerProps>(function SessionBanner(props, ref) {
  const { login, messages, ...others } = props;
  const texts = useMessages(messages);
  const prompt = usePromptTexts(useExpiryPrompt({ login }), texts);
  if (prompt.kind === 'hidden' || prompt.kind === 'reminder') return null;
  return <Banner {...others} bannerRef={ref} prompt={prompt} texts={texts} />;
});

interface BannerProps extends Omit<SessionBannerProps, 'login' | 'messages'> {
  bannerRef: ForwardedRef<HTMLElement>;
  prompt: Exclude<ExpiryPrompt, { kind: 'hidden' | 'reminder' }>;
  texts: Messages;
}

function Banner(props: BannerProps): ReactNode {
  const { bannerRef, prompt, texts, isSticky = false, icon, actions, ...others } = props;
  const { className, classNames: classes = {}, ...native } = others;
  const ref = useRef<HTMLElement>(null);
  const warning = prompt.kind === 'warning' ? prompt : null;
  const focusHandlers = useFocusReturn(warning !== null);
  useWorkOutside(ref, stayOnWork(prompt));
  useImperativeHandle(bannerRef, () => ref.current as HTMLElement, []);
  return (
    <section
      aria-label={texts.expiry.title}
      {...native}
      {...focusHandlers}
      ref={ref}
      className={classNames('sc-banner', className)}
      data-kind={prompt.kind}
      data-sticky={isSticky || undefined}
    >
      {warning && (
        <BannerWarning
          warning={warning}
          texts={texts}
          icon={icon}
          actions={actions}
          classNames={classes}
        />
      )}
      {/* Mounted before it has a text: screen readers often skip a live region that is added with its text. */}
      <p
        role="status"
        className={warning ? 'sc-hidden' : classNames('sc-banner-result', classes.result)}
      >
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
