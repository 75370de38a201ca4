export { describeSource, type TestRunner } from './describeSource.js';
export type { Situation, SourceScene } from './sourceScene.js';
