import { createTestClient, TestClock, TestSource } from 'session-clock/testing';

/** Records the log of a client whose provider answers 503, as a user would copy it from the devtools. */
async function recordBugReport(): Promise<string> {
  const clock = new TestClock();
  const source = new TestSource();
  const client = createTestClient({ source, clock });
  client.start();
  await clock.advance('1m');
  source.fail('ERR_SERVER');
  // The request is repeated as the clock advances.
  void client.checkSession().catch(() => {});
  await clock.advance('1m');
  const report = JSON.stringify(client.getLog());
  client.stop();
  return report;
}

/** What `import report from './bug-report.json'` returns. */
const report: unknown = JSON.parse(await recordBugReport());
export default report;
