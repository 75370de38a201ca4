export { type PersisterForUserOptions, persisterForUser } from './persisterForUser.js';
export { QueryClientSync, type QueryClientSyncProps } from './QueryClientSync.js';
export {
  type QueryStorageForUserOptions,
  queryStorageForUser,
  type UserQueryStorage,
} from './queryStorageForUser.js';
export { retryUnlessRefused } from './retryUnlessRefused.js';
export { type SessionQueryOptions, sessionQueryOptions } from './sessionQueryOptions.js';
export { type SyncQueryClientOptions, syncQueryClient } from './syncQueryClient.js';
