'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { classNames } from './classNames.js';
import { type Shape, StatusIcon } from './StatusIcon.js';

export interface ReminderProps {
  shape: Shape;
  text: string;
  /** `undefined`: its dialog is open. */
  onPress: (() => void) | undefined;
  className: string | undefined;
}

/** The button that remains after "Not now". */
export function Reminder({ shape, text, onPress, className }: ReminderProps): ReactNode {
  const ref = useRef<HTMLButtonElement>(null);
  // If the dialog was opened by this button, the focus has nowhere else to return to.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <button
      ref={ref}
      type="button"
      className={classNames('sc-button', 'sc-reminder', className)}
      onClick={onPress}
    >
      <StatusIcon shape={shape} />
      {text}
    </button>
  );
}
