'use client';
import type { ReactNode } from 'react';
import { ActionButton } from './ActionButton.js';
import type { PartClassNames } from './parts.js';

/** A button of a prompt. */
export interface Action {
  readonly text: string;
  /** The text while the action is in progress; `null`: it is not. */
  readonly pendingText: string | null;
  readonly press: () => void;
}

/** The recommended action first. */
export type ActionPair = readonly [recommended: Action, other?: Action | undefined];

interface ActionsProps {
  actions: ActionPair;
  classes: PartClassNames<'primaryButton' | 'secondaryButton'> | undefined;
}

/** The buttons of a prompt. */
export function Actions({ actions, classes = {} }: ActionsProps): ReactNode {
  const [recommended, other] = actions;
  return (
    <>
      <ActionButton isPrimary {...recommended} className={classes.primaryButton} />
      {other && <ActionButton {...other} className={classes.secondaryButton} />}
    </>
  );
}
