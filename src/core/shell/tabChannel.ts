import type { TabChannel as Channel, Environment } from '../environment.js';

/** The channel to the other tabs, and what waits for their messages. */
export interface TabChannel {
  setOpen(isOpen: boolean): void;
  post(message: unknown): void;
  /** Resolves when `isMet`, which is checked after every message; after `ms`; or when the channel is closed. */
  waitUntil(ms: number, isMet: () => boolean): Promise<void>;
}

export function createTabChannel(
  env: Environment,
  name: string,
  onMessage: (data: unknown) => void,
): TabChannel {
  let channel: Channel | null = null;
  const checks = new Set<() => void>();
  const checkAll = (): void => {
    for (const check of [...checks]) check();
  };

  return {
    setOpen(isOpen) {
      if (isOpen) {
        channel ??= env.openChannel(name, (data) => {
          onMessage(data);
          checkAll();
        });
      } else if (channel) {
        channel.close();
        channel = null;
        checkAll();
      }
    },
    post: (message) => channel?.post(message),
    waitUntil: (ms, isMet) =>
      new Promise((resolve) => {
        const done = (): void => {
          checks.delete(check);
          cancelTimer();
          resolve();
        };
        const check = (): void => {
          if (!channel || isMet()) done();
        };
        const cancelTimer = env.setTimer(ms, done);
        checks.add(check);
        check();
      }),
  };
}
