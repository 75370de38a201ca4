'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import { useSession } from '../react/useSession.js';
import { classNames } from './classNames.js';
import { Mark } from './Mark.js';
import type { Messages } from './messages.js';
import { useMessages } from './SessionMessages.js';

export interface SessionStatusBadgeProps
  extends Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
}

/**
 * The session's state in words and by a shape, and the connection's where it is not well; told to
 * screen readers when it changes. A `span` whose native props and `ref` are yours.
 */
export const SessionStatusBadge: ForwardRefExoticComponent<
  SessionStatusBadgeProps & RefAttributes<HTMLSpanElement>
> = forwardRef<HTMLSpanElement, SessionStatusBadgeProps>(function SessionStatusBadge(props, ref) {
  const { className, messages, ...native } = props;
  const { status, connection } = useSession(({ status, connection }) => ({ status, connection }));
  const texts = useMessages(messages);
  return (
    <span
      role="status"
      {...native}
      ref={ref}
      className={classNames('sc-badge', className)}
      data-status={status}
      data-connection={connection}
    >
      <span className="sc-badge-part">
        <Mark shape={status} />
        {texts.status[status]}
      </span>
      {connection !== 'online' && (
        <span className="sc-badge-part sc-badge-connection">
          <Mark shape={connection} />
          {texts.connection[connection]}
        </span>
      )}
    </span>
  );
});
