import type { ComponentPropsWithoutRef } from 'react';
import type { LoginRequest } from '../core/types.js';
import type { Messages } from './messages.js';
import type { PartClassNames, Slot } from './parts.js';

/** The parts of a dialog, and the `reminder` and the `notice` that are shown after an answer. */
export type DialogPart =
  | 'icon'
  | 'title'
  | 'description'
  | 'failure'
  | 'actions'
  | 'primaryButton'
  | 'secondaryButton'
  | 'footer'
  | 'reminder'
  | 'notice';

/** A dialog stops these events, so that a modal beneath it does not receive them. */
type StoppedEvent =
  | 'onFocus'
  | 'onKeyDown'
  | 'onKeyUp'
  | 'onMouseDown'
  | 'onPointerDown'
  | 'onTouchEnd'
  | 'onTouchStart';

/** What a dialog sets or handles itself. */
type OwnProps =
  | 'children'
  | 'onCancel'
  | 'onClose'
  | 'open'
  | 'role'
  | StoppedEvent
  | `${StoppedEvent}Capture`;

/** The props that `SessionExpiryDialog` and `ReloginDialog` share; `Prompt` is what the open dialog shows. */
export interface DialogProps<Prompt> extends Omit<ComponentPropsWithoutRef<'dialog'>, OwnProps> {
  /** How the user signs in, for example `{ display: 'redirect' }`. Default: the source decides. */
  login?: LoginRequest;
  /** Default: those of the nearest `SessionMessages`, else English. */
  messages?: Messages;
  /** Classes to add to the parts; `className` is the one of the dialog itself. */
  classNames?: PartClassNames<DialogPart>;
  /** Beside the title. Default: the countdown as a ring, or a lock. */
  icon?: Slot<Prompt>;
  /** The buttons. They answer by the functions of the prompt. */
  actions?: Slot<Prompt>;
  /** Below the buttons. Default: nothing. */
  footer?: Slot<Prompt>;
}
