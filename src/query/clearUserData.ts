import {
  focusManager,
  type Mutation,
  onlineManager,
  type Query,
  type QueryClient,
} from '@tanstack/react-query';
import { makeError } from '../core/errorMessages.js';
import { isSessionQuery } from './sessionQuery.js';

/** Removes the user's queries from the cache, and cancels the user's pending mutations. */
export function clearUserData(
  queryClient: QueryClient,
  isPrivate: (query: Query) => boolean,
): void {
  const cache = queryClient.getQueryCache();
  const queries = cache.findAll({
    predicate: (query) => isPrivate(query) && !isSessionQuery(query),
  });
  // Queries without observers too: an observer of another query may show their data as a placeholder.
  for (const query of queries) query.reset();
  for (const query of queries) {
    for (const observer of query.observers) dropPlaceholder(observer);
    if (query.getObserversCount() === 0) cache.remove(query);
  }
  const mutations = queryClient.getMutationCache();
  const pending = mutations.findAll({ status: 'pending' });
  mutations.clear();
  for (const mutation of pending) cancelMutation(mutation);
}

/** The next render sets `placeholderData` again, but by then the former data is gone. */
function dropPlaceholder(observer: Query['observers'][number]): void {
  observer.setOptions({ ...observer.options, placeholderData: undefined });
}

/**
 * The mutation is not sent again and its success callbacks do not run; a caller that waits for a
 * retry is rejected with `ERR_USER_CHANGED`.
 */
function cancelMutation(mutation: Mutation): void {
  const mutationFn = (): Promise<never> => Promise.reject(makeError('userChanged'));
  mutation.setOptions({ mutationFn });
  // The mutation's observer would set the former options again at each render.
  mutation.setOptions = () => {};
  // The cache resumes paused mutations, but this one is no longer in the cache; it may also pause later.
  const resume = (): Promise<unknown> => mutation.continue().catch(() => {});
  const stops = [onlineManager.subscribe(resume), focusManager.subscribe(resume)];
  void resume().then(() => {
    for (const stop of stops) stop();
  });
}
