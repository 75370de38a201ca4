export { type RehearsableOptions, rehearsable } from './rehearsal/rehearsable.js';
export { SessionDevtools, type SessionDevtoolsProps } from './SessionDevtools.js';
