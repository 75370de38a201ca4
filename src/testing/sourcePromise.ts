import type { SourceScene } from './sourceScene.js';

/** A rule that every source follows, and its test. */
export interface SourcePromise {
  readonly title: string;
  /** Rejects if the source breaks the rule; resolves also if the source has no function for it. */
  check(scene: SourceScene): Promise<void>;
}
