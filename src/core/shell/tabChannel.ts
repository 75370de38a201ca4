import type { Environment } from '../environment.js';
import type { TabChannel as Channel } from '../tabPlatform.js';
import { startDelay } from './delay.js';

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
    async waitUntil(ms, isMet) {
      const { over, end } = startDelay(env, ms);
      const check = (): void => {
        if (!channel || isMet()) end();
      };
      checks.add(check);
      check();
      await over;
      checks.delete(check);
    },
  };
}
