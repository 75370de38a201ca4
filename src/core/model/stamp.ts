/**
 * When a fact was stated: a hybrid logical clock (Kulkarni et al., 2014) as text that sorts. All tabs of a
 * device read the same wall clock, so a later fact has a greater stamp, even if the tabs never exchanged a
 * message.
 */
export type Stamp = string;

/** Less than every other stamp. */
export const noStamp: Stamp = '';

/** The next stamp of `tab`: greater than `latest`, and not before the wall clock (epoch ms). */
export function nextStamp(latest: Stamp, wall: number, tab: string): Stamp {
  const time = Math.max(stampTime(latest) + 1, Math.floor(wall));
  return `${String(time).padStart(15, '0')}.${tab}`;
}

/** The wall clock at the stamp (epoch ms), or later if that clock was behind. */
export function stampTime(stamp: Stamp): number {
  return Number(stamp.slice(0, 15));
}

/** Whether another tab than `tab` created the stamp. */
export function isOfOtherTab(stamp: Stamp, tab: string): boolean {
  return stamp !== noStamp && stamp.slice(16) !== tab;
}

/** The latest of the stamps that there are; `noStamp`: there is none. */
export function latestStamp(...stamps: (Stamp | undefined)[]): Stamp {
  return stamps.reduce<Stamp>((one, other = noStamp) => (other > one ? other : one), noStamp);
}
