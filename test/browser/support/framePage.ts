import { createSessionClient, observeActivity, rolling } from '../../../src/index.js';

/** The page of the test: a client whose session is extended by activity, and a frame of the same origin. */
const source = { name: 'frames', getSession: async () => ({ user: { sub: 'ada' } }) };
const client = createSessionClient({ source, policy: rolling({ idle: '30m' }) });
client.start();

const framePage = {
  /** How many activities of the user the client has counted. */
  activities: (): number =>
    client.getLog().entries.filter(({ input }) => Object(input).type === 'activity').length,
  observe: (): (() => void) =>
    observeActivity(client, document.querySelector('iframe')?.contentWindow ?? window),
  reportOften(): void {
    for (let count = 0; count < 1_000; count++) client.reportActivity();
  },
};

declare global {
  interface Window {
    framePage: typeof framePage;
  }
}

window.framePage = framePage;
