import { QueryClient } from '@tanstack/react-query';
import { AccessTokens } from './accessTokens.js';
import { Agenda } from './agenda.js';
import { Alarm } from './alarm.js';
import { Attendance } from './attendance.js';
import { Clock, type Shift } from './clock.js';
import { Ending } from './ending.js';
import type { Environment } from './environment.js';
import { Extension } from './extension.js';
import { gatherFacts } from './gatherFacts.js';
import { Hearing } from './hearing.js';
import { Inquiry } from './inquiry.js';
import type { Kept } from './kept.js';
import { LoginGate } from './loginGate.js';
import { readRefreshOptions, type SessionClientOptions } from './options.js';
import { sourcePolicy } from './policy.js';
import { SessionRecord } from './sessionRecord.js';
import { Siblings } from './siblings.js';
import { Signing } from './signing.js';
import type { SessionEvent } from './snapshot.js';
import { SnapshotStore } from './snapshotStore.js';
import { SourceCalls } from './sourceCalls.js';
import { TimeDoubt } from './timeDoubt.js';
import type { Session } from './types.js';

/** What the parts ask of the keeper, once it is there. */
export interface Hooks {
  isRunning: () => boolean;
  /** Looks at what is due now. */
  look: () => void;
  publish: () => void;
  /** Resolves with the session of whoever is signed in. */
  present: () => Promise<Session>;
  onTokenEvent: (event: SessionEvent) => void;
}

/** All that keeps the two clocks, put together. */
export interface Parts extends Kept {
  ending: Ending;
  signing: Signing;
  store: SnapshotStore;
  extension: Extension;
  hearing: Hearing;
  attendance: Attendance;
  alarm: Alarm;
  agenda: Agenda;
}

/** Nothing is asked and no timer is set by it. */
export function assemble(options: SessionClientOptions, env: Environment, hooks: Hooks): Parts {
  const { source, policy = sourcePolicy, initialSession, onEvent } = options;
  const { look, publish } = hooks;
  const { window, timeout, patience } = readRefreshOptions(options.refresh);
  const sourceName = source.name;
  const name = options.name ?? sourceName;

  const clock = new Clock(env);
  /** Our reckoning of time was wrong. In doubt a token is taken for dead, a session for alive. */
  const onShift = ({ surely, atMost }: Shift): void => {
    if (atMost !== 0) tokens.shift(atMost);
    record.shift(surely);
  };
  const calls = new SourceCalls({ source, env, clock, timeout, onShift });
  const siblings = new Siblings({
    name,
    env,
    clock,
    timeout,
    onShift,
    isNew: () => record.stamp.rev === 0,
    share: () => {
      extension.countActivity();
      const isPresent = record.fact.kind === 'present';
      return { session: record.share(), tokens: isPresent ? tokens.shared() : [] };
    },
    stamp: () => record.stamp,
    onFacts: (facts, ahead) => hearing.heard(facts, ahead),
  });
  const { tabs } = siblings;
  const record = new SessionRecord(
    initialSession,
    () => clock.now(),
    () => tabs.stamp(),
  );
  const gate = new LoginGate(publish);
  const asking = {
    queries: new QueryClient(),
    env,
    clock,
    calls,
    sourceName,
    patience,
    onChange: publish,
  };
  const inquiry = new Inquiry<Session | null>({
    ...asking,
    queryKey: ['session'],
    ask: (force, signal) => calls.getSession(force, signal),
    onAnswer: (session) => {
      if (session) extension.countUntoldActivity();
      hearing.answered(session);
    },
    onFailure: (error) => hearing.failed(error),
  });
  const tokens = new AccessTokens({
    ...asking,
    tabs,
    window,
    silent: !(policy.kind === 'absolute' && policy.lifetime === 'access-token'),
    shareTokens: options.shareTokens ?? true,
    // What has ended has no use for a token.
    owner: () => (record.fact.kind === 'present' ? record.owner : null),
    onEvent: hooks.onTokenEvent,
  });
  const isOver = (): boolean => {
    const { deadline } = store.snapshot;
    return deadline !== null && clock.now() >= deadline.at;
  };
  const doubt = new TimeDoubt({ clock, calls, tokens, isOver, onSettled: look });
  const kept = { env, clock, calls, record, siblings, inquiry, tokens, gate, doubt, look, publish };
  const ending = new Ending({ ...kept, hasUntoldActivity: () => extension.hasUntoldActivity });
  // By a clock that is not the server's yet, what it has rendered may look over: it is asked first.
  if (record.fact.kind === 'present') doubt.raise();
  const store = new SnapshotStore({
    policy,
    now: () => clock.now(),
    facts: () => gatherFacts({ ...kept, ending }),
    settleRest: () => tokens.settle(clock.now()),
    onPassed: (reason) => ending.passed(reason),
    onEvent,
  });
  if (!isOver()) doubt.drop();
  const extension = new Extension({
    env,
    clock,
    calls,
    snapshot: () => store.snapshot,
    extendedAt: () => record.extendedAt,
    present: hooks.present,
    signIn: () => record.signInStamp,
    onRefused: () => inquiry.ask(true),
    onExtended: (session, at) => hearing.extended(session, at),
    onSign: look,
  });
  const signing = new Signing({ ...kept, ending });
  const hearing = new Hearing({ ...kept, ending, signing, store, sourceName });
  const attendance = new Attendance(env);
  const alarm = new Alarm(env, clock, look);
  const { isRunning } = hooks;
  const agenda = new Agenda({ ...kept, alarm, attendance, extension, isRunning, signing, store });
  return { ...kept, ending, signing, store, extension, hearing, attendance, alarm, agenda };
}
