import { describe, expect, it } from 'vitest';
import { rolling } from '../../src/index.js';
import * as many from '../support/manyTabs.js';
import { client, env, events, onePage, source, started } from '../support/onePage.js';

const policy = rolling({ idle: '8h' });

describe('a token that another tab has received', () => {
  many.manyTabs();

  it('emits one event in each tab, even in a tab that waits for the refresh lock', async () => {
    const { open, origin, tabs } = many;
    for (let index = 0; index < 4; index++) {
      open({ policy }).client.retainAccessToken();
      await origin.advance(200);
    }
    for (const tab of tabs) tab.events.length = 0;
    const calls = tabs.map((tab) => tab.client.getAccessToken({ forceRefresh: true }));
    await origin.advance(1_000);
    await Promise.all(calls);
    for (const tab of tabs) {
      const refreshed = tab.events.filter(({ type }) => type === 'access-token-refreshed');
      expect(refreshed).toHaveLength(1);
    }
  });
});

describe('a sign-in that the source announces and login() also reports', () => {
  onePage();

  it.each(['before', 'after'])(
    'emits session-started once when the source announces it %s login() resolves',
    async (order) => {
      source.session = null;
      await started({ policy });
      const announce = (): void =>
        source.onEvent?.({ type: 'session', session: { user: { sub: 'ada', name: 'Ada' } } });
      source.answerLogin = async () => {
        source.session = { user: { sub: 'ada', name: 'Ada' } };
        if (order === 'before') announce();
      };
      await client.login();
      if (order === 'after') announce();
      await env.advance(1_000);
      const types = events.map(({ type }) => type);
      expect(types.filter((type) => type === 'session-started')).toHaveLength(1);
      expect(types).not.toContain('session-extended');
    },
  );
});
