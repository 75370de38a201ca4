/**
 * Which of two facts is the newer one, whatever the clocks say: a logical clock (Lamport 1978), and
 * the tab's id where two tabs acted at once. All tabs that have heard the same agree.
 */
export interface Stamp {
  readonly rev: number;
  readonly by: string;
}

export const unstamped: Stamp = { rev: 0, by: '' };

export function isNewer(stamp: Stamp, than: Stamp): boolean {
  return stamp.rev === than.rev ? stamp.by > than.by : stamp.rev > than.rev;
}
