export { QueryClientSync, type QueryClientSyncProps } from './QueryClientSync.js';
export { retryUnlessRefused } from './retryUnlessRefused.js';
export { type SyncQueryClientOptions, syncQueryClient } from './syncQueryClient.js';
