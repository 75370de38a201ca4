export {
  describeSource,
  type Situation,
  type SourceScene,
  type TestRunner,
} from './describeSource.js';
