export { type ReplayStep, replayLog } from '../replay/replayLog.js';
export type { StateChange } from '../replay/stateChanges.js';
export { describeSource, type TestFunctions } from './describeSource.js';
export {
  type RenderedSession,
  type RenderWithSessionOptions,
  renderWithSession,
} from './renderWithSession.js';
export type { TestRequest } from './simulatedFailures.js';
export type { Limitation, Situation, SourceScene } from './sourceScene.js';
export { createTestClient, type TestClientSettings } from './testClient.js';
export { TestClock, type TestClockOptions } from './testClock.js';
export { TestSource, type TestSourceOptions } from './testSource.js';
