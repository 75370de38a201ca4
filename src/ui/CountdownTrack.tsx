import type { ReactNode } from 'react';

/** One element each, created once: as time passes, React renders the text only, and CSS reads `--sc-left`. */
export const tracks: Record<'ring' | 'bar', ReactNode> = {
  ring: (
    <svg className="sc-countdown-ring" viewBox="0 0 88 88" aria-hidden="true">
      <circle cx="44" cy="44" r="38" />
      <circle cx="44" cy="44" r="38" pathLength="1" className="sc-countdown-left" />
    </svg>
  ),
  bar: (
    <span className="sc-countdown-bar" aria-hidden="true">
      <span className="sc-countdown-left" />
    </span>
  ),
};
