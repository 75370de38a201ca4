import type { Facts } from './derive.js';
import type { Ending } from './ending.js';
import type { Kept } from './kept.js';
import type { Connection } from './snapshot.js';

export interface FactKeepers extends Kept {
  ending: Ending;
}

/** All that the snapshot is derived from, as it is known now. */
export function gatherFacts(keepers: FactKeepers): Facts {
  const { calls, doubt, ending, gate, inquiry, record, tokens } = keepers;
  const token = tokens.fact({});
  const { fact } = record;
  return {
    session: fact,
    token,
    connection: connection(keepers),
    error: inquiry.failure?.error ?? token.error,
    pendingLogin: gate.pending,
    // The source can extend it, or the idle end is the policy's own.
    extendable:
      calls.canExtend || (fact.kind === 'present' && fact.session.expiresAt === undefined),
    unverified: doubt.isOpen || ending.isConsulting,
  };
}

function connection({ env, inquiry, tokens }: FactKeepers): Connection {
  if (!env.isOnline()) return 'offline';
  return inquiry.failure?.error.retryable || tokens.failing ? 'degraded' : 'online';
}
