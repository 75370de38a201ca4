import { createSessionClient, rolling, type Session, type SessionClient } from 'session-clock';
import { TestSource } from 'session-clock/testing';

declare global {
  interface Window {
    /** A call that waits for a sign-in. */
    call: Promise<string>;
    app: {
      openModal(): void;
      closeModal(): void;
      /** Closes the modal, counts its closings from 0 and shows the dialogs. */
      reset(): void;
      setVisibility(visibility: 'visible' | 'hidden' | 'suspended'): void;
      toast(): void;
    };
    session: {
      client: SessionClient;
      source: TestSource;
      /** A session with half an hour left, and no request yet. */
      start(): void;
      /** The session ends within a minute: a warning opens. */
      warn(): void;
      /** The session has ended: the question for a new sign-in opens. */
      expire(): void;
    };
  }
}

const minute = 60_000;
const session: Session = { user: { sub: 'test-user' }, startedAt: Date.now() - 60 * minute };
const source = new TestSource({ session, sessionLifetime: '30m' });

export const client: SessionClient = createSessionClient({
  source,
  policy: rolling({ idle: '30m' }),
});

function endIn(remaining: number): void {
  source.emit({ type: 'session', session: { ...session, expiresAt: Date.now() + remaining } });
}

window.session = {
  client,
  source,
  start: () => {
    endIn(30 * minute);
    Object.assign(source.requestCounts, { extend: 0, login: 0, logout: 0 });
  },
  warn: () => endIn(minute),
  expire: () => source.emit({ type: 'revoked' }),
};
