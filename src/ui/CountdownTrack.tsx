'use client';
import { memo, type NamedExoticComponent, type ReactNode } from 'react';
import { classNames } from './classNames.js';

interface CountdownTrackProps {
  shape: 'ring' | 'bar';
  trackClass: string | undefined;
  leftClass: string | undefined;
}

/** As time passes, React renders the text only, and CSS reads `--sc-left`. */
export const CountdownTrack: NamedExoticComponent<CountdownTrackProps> = memo(Track);

function Track({ shape, trackClass, leftClass }: CountdownTrackProps): ReactNode {
  const left = classNames('sc-countdown-left', leftClass);
  if (shape === 'bar') {
    return (
      <span className={classNames('sc-countdown-bar', trackClass)} aria-hidden="true">
        <span className={left} />
      </span>
    );
  }
  return (
    <svg
      className={classNames('sc-countdown-ring', trackClass)}
      viewBox="0 0 88 88"
      aria-hidden="true"
    >
      <circle cx="44" cy="44" r="38" />
      <circle cx="44" cy="44" r="38" pathLength="1" className={left} />
    </svg>
  );
}
