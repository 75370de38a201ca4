'use client';
import type { ReactNode } from 'react';
import { Actions } from './Actions.js';
import { Announcer } from './Announcer.js';
import { classNames } from './classNames.js';
import { toClockText } from './durationText.js';
import type { ExtendableWarning, FixedWarning } from './expiryPrompt.js';
import { Failure } from './Failure.js';
import type { Messages } from './messages.js';
import { type PartClassNames, renderSlot, type Slot } from './parts.js';
import { SessionCountdown } from './SessionCountdown.js';
import { StatusIcon } from './StatusIcon.js';

type Warning = ExtendableWarning | FixedWarning;

/** The parts of the banner; `result` is shown after the answer. */
export type BannerPart =
  | 'time'
  | 'description'
  | 'actions'
  | 'primaryButton'
  | 'secondaryButton'
  | 'failure'
  | 'result';

export interface BannerSlots {
  /** Classes to add to the parts; `className` is the one of the banner itself. */
  classNames?: PartClassNames<BannerPart>;
  /** Beside the remaining time. Default: a clock. */
  icon?: Slot<Warning>;
  /** The buttons. They answer by the functions of the warning. */
  actions?: Slot<Warning>;
}

interface BannerWarningProps extends BannerSlots {
  warning: Warning;
  texts: Messages;
}

/** The content of `SessionBanner`: the remaining time and the possible actions. */
export function BannerWarning(props: BannerWarningProps): ReactNode {
  const { warning, texts, icon, actions, classNames: classes = {} } = props;
  const [recommended, other] = warning.actions;
  return (
    <>
      <SessionCountdown className={classNames('sc-banner-time', classes.time)} messages={texts}>
        {({ remaining }) => (
          <>
            {renderSlot(icon, warning, <StatusIcon shape="expiring" />)}
            {toClockText(remaining, texts.locale)}
          </>
        )}
      </SessionCountdown>
      <p className={classNames('sc-banner-text', classes.description)}>{warning.description}</p>
      <Announcer announcement={warning.announcement} />
      <div className={classNames('sc-actions', classes.actions)}>
        {renderSlot(
          actions,
          warning,
          // Without "Not now": the banner is not in the way.
          <Actions
            actions={warning.canExtend ? [recommended, other] : [recommended]}
            classes={classes}
          />,
        )}
      </div>
      <Failure text={warning.failure} className={classes.failure} />
    </>
  );
}
