import type { Instant } from '../../core/types.js';
import type { TimelineFacts } from './facts.js';

/** The part of time that a timeline shows (epoch ms). It moves in steps, not with every second. */
export interface Axis {
  readonly from: Instant;
  readonly to: Instant;
  /** Round times of day, at most five. */
  readonly ticks: readonly Instant[];
}

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Round lengths of time (ms). */
const roundSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
];

/** How many lives of a token the future shows at most: with more, its bar would be too short to see. */
const mostTokenLives = 6;
const fallback = 15 * minute;

/** Chooses the axis so that the next end of the session and the life of the token are both visible, if possible. */
export function axisOf({ session, ended, tokens }: TimelineFacts, now: Instant): Axis {
  const [token] = tokens;
  const tokenLife = token?.expiresAt ? token.expiresAt - token.issuedAt : 0;
  const tokenLeft = token?.expiresAt ? token.expiresAt - now : 0;
  const end = session?.end ? session.end.at - now : 0;
  const longest =
    tokenLife > 0 ? Math.max(mostTokenLives * tokenLife, tokenLeft) : Number.POSITIVE_INFINITY;
  const future = Math.max(Math.min(Math.max(end, tokenLeft), longest), 0) || fallback;
  const startedAt = (session ?? ended)?.startedAt ?? now - fallback;
  const age = Math.max(now - startedAt, 0);
  const sinceEnd = ended ? 1.25 * (now - ended.at) : 0;
  const past = Math.min(age, Math.max(future, 1.5 * tokenLife, sinceEnd));
  const step = roundStep((past + future) / 12);
  const from = Math.floor((now - past) / step) * step;
  const to = Math.ceil((now + future) / step + 0.25) * step;
  return { from, to, ticks: ticksOf(from, to) };
}

/** Where an instant is on the axis: 0 is its start, 1 its end. */
export function positionOf({ from, to }: Axis, at: Instant): number {
  return (at - from) / (to - from);
}

function roundStep(ms: number): number {
  return roundSteps.find((step) => step >= ms) ?? 28 * day;
}

/** At round local times, with room for a label at both ends. */
function ticksOf(from: Instant, to: Instant): Instant[] {
  const step = roundStep((to - from) / 5);
  const zone = new Date(from).getTimezoneOffset() * minute;
  const first = Math.ceil((from - zone) / step) * step + zone;
  const margin = (to - from) * 0.08;
  const ticks: Instant[] = [];
  for (let at = first; at <= to; at += step) {
    if (at >= from + margin && at <= to - margin) ticks.push(at);
  }
  return ticks;
}
