export { en } from './messages/en.js';
export type { Messages } from './messages/types.js';
