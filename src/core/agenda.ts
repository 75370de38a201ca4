import type { Alarm } from './alarm.js';
import type { Attendance } from './attendance.js';
import type { Extension } from './extension.js';
import type { Kept } from './kept.js';
import type { Signing } from './signing.js';
import type { SnapshotStore } from './snapshotStore.js';
import type { Instant } from './types.js';

const never = Number.POSITIVE_INFINITY;

export interface AgendaOptions extends Kept {
  alarm: Alarm;
  attendance: Attendance;
  extension: Extension;
  isRunning: () => boolean;
  signing: Signing;
  store: SnapshotStore;
}

/** What is to be done next, and when. */
export class Agenda {
  readonly #options: AgendaOptions;

  constructor(options: AgendaOptions) {
    this.#options = options;
  }

  /** It is known whose session it is, and what the siblings know of it: tokens may be asked for. */
  get isSettled(): boolean {
    const { record, siblings, signing } = this.#options;
    const isKnown = record.fact.kind === 'present' && signing.act !== 'signed-in';
    return isKnown && !siblings.greeting;
  }

  /** When the source has to be asked who is signed in. */
  get sessionDueAt(): Instant {
    const { doubt, env, inquiry, record, siblings, signing } = this.#options;
    const { fetching, awaited, failure } = inquiry;
    if (fetching || (!env.isOnline() && !awaited)) return never;
    if (failure) return failure.retryAt;
    if (awaited || signing.act === 'signed-in') return 0;
    if (siblings.greeting) return never;
    return record.fact.kind === 'unasked' ? 0 : doubt.dueAt;
  }

  /** Sets the one alarm for whatever comes first. */
  plan(): void {
    const { alarm, attendance, inquiry, isRunning, store, tokens } = this.#options;
    const isNeeded = isRunning() || inquiry.awaited || tokens.awaited;
    if (!isNeeded || attendance.isSuspended) return alarm.clear();
    const changesAt = Math.min(store.wakeAt, tokens.wakeAt);
    alarm.set(Math.min(changesAt, this.#tokensDueAt, this.sessionDueAt));
  }

  get #tokensDueAt(): Instant {
    const { extension, tokens } = this.#options;
    return this.isSettled ? Math.min(tokens.dueAt, extension.dueAt()) : never;
  }
}
