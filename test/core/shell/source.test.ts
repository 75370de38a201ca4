import { beforeEach, describe, expect, it, vi } from 'vitest';
import { noStamp } from '../../../src/core/model/stamp.js';
import type { State } from '../../../src/core/model/state.js';
import { createSource } from '../../../src/core/shell/source.js';
import type { SourceContext } from '../../../src/index.js';
import { TestEnvironment } from '../../../src/testing/testEnvironment.js';

const hour = 3_600_000;
let env: TestEnvironment;
const dispatch = vi.fn();

beforeEach(() => {
  env = new TestEnvironment();
  dispatch.mockReset();
});

describe('the fetch of a source', () => {
  async function fetchWith(headers: Record<string, string>): Promise<void> {
    env.fetch = async () => new Response('', { headers });
    const source = {
      name: 'test',
      getSession: async ({ fetch }: SourceContext) => {
        await fetch('/');
        return null;
      },
    };
    const getState = (): State => ({ latest: noStamp }) as State;
    const context = { env, dispatch, getState, now: () => env.wall };
    await createSource(context, source, 1_000).getSession(false, new AbortController().signal);
  }

  it('reports the server’s time by the Date header, at the end of its second', async () => {
    const date = env.wall - 2 * hour;
    await fetchWith({ Date: new Date(date).toUTCString() });
    const serverTime = { type: 'server-time', latest: date + 1_000, tolerance: 1_000 };
    expect(dispatch).toHaveBeenCalledExactlyOnceWith(serverTime);
  });

  it('reports nothing for a cached response, without a Date header, or for an invalid one', async () => {
    await fetchWith({ Date: new Date(env.wall - hour).toUTCString(), Age: '3600' });
    await fetchWith({});
    await fetchWith({ Date: 'yesterday' });
    expect(dispatch).not.toHaveBeenCalled();
  });
});
