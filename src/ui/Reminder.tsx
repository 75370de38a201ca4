'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { type Shape, StatusIcon } from './StatusIcon.js';

interface ReminderProps {
  shape: Shape;
  text: string;
  onPress: (() => void) | undefined;
}

/** The button that remains after "Not now". */
export function Reminder({ shape, text, onPress }: ReminderProps): ReactNode {
  const ref = useRef<HTMLButtonElement>(null);
  // If the dialog was opened by this button, the focus has nowhere else to return to.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <button ref={ref} type="button" className="sc-button sc-reminder" onClick={onPress}>
      <StatusIcon shape={shape} />
      {text}
    </button>
  );
}
