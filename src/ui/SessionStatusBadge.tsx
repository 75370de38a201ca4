'use client';
import {
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type RefAttributes,
} from 'react';
import { useSession } from '../react/useSession.js';
import { classNames } from './classNames.js';
import type { Messages } from './messages.js';
import type { PartClassNames } from './parts.js';
import { useMessages } from './SessionMessages.js';
import { StatusIcon } from './StatusIcon.js';

export interface SessionStatusBadgeProps
  extends Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
  /** Classes to add to the parts. */
  classNames?: PartClassNames<'status' | 'connection'>;
}

/**
 * The session's status as a text and an icon, and the connection's while it is not `online`;
 * announced when it changes. It is a `span` and takes its native props and `ref`.
 */
export const SessionStatusBadge: ForwardRefExoticComponent<
  SessionStatusBadgeProps & RefAttributes<HTMLSpanElement>
> = forwardRef<HTMLSpanElement, SessionStatusBadgeProps>(function SessionStatusBadge(props, ref) {
  const { className, classNames: classes = {}, messages, ...native } = props;
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
      <span className={classNames('sc-badge-part', classes.status)}>
        <StatusIcon shape={status} />
        {texts.status[status]}
      </span>
      {connection !== 'online' && (
        <span className={classNames('sc-badge-part', 'sc-badge-connection', classes.connection)}>
          <StatusIcon shape={connection} />
          {texts.connection[connection]}
        </span>
      )}
    </span>
  );
});
