export { SessionDevtools, type SessionDevtoolsProps } from './SessionDevtools.js';
