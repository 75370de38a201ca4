import {
  focusManager,
  type Mutation,
  onlineManager,
  type Query,
  type QueryClient,
} from '@tanstack/react-query';
import { makeError } from '../core/errorMessages.js';

/** Forgets what a person has fetched, and lets nothing that they have begun go on as another. */
export function forget(queryClient: QueryClient, isPrivate: (query: Query) => boolean): void {
  const cache = queryClient.getQueryCache();
  const queries = cache.findAll({ predicate: isPrivate });
  // Those that nobody observes, too: an observer may still show one as its placeholder.
  for (const query of queries) query.reset();
  for (const query of queries) {
    for (const observer of query.observers) dropPlaceholder(observer);
    if (query.getObserversCount() === 0) cache.remove(query);
  }
  const mutations = queryClient.getMutationCache();
  const underWay = mutations.findAll({ status: 'pending' });
  mutations.clear();
  for (const mutation of underWay) abandon(mutation);
}

/** The next render sets it again, and then there is nothing left to take it from. */
function dropPlaceholder(observer: Query['observers'][number]): void {
  observer.setOptions({ ...observer.options, placeholderData: undefined });
}

/** It is not sent again, and its success told to nobody; who awaits it hears why. */
function abandon(mutation: Mutation): void {
  const mutationFn = (): Promise<never> => Promise.reject(makeError('userChanged'));
  mutation.setOptions({ mutationFn });
  // Its observer would set the former ones again at each render.
  mutation.setOptions = () => {};
  // Paused, be it later, it would have been woken by the cache, from which it is gone.
  const goOn = (): Promise<unknown> => mutation.continue().catch(() => {});
  const stops = [onlineManager.subscribe(goOn), focusManager.subscribe(goOn)];
  void goOn().then(() => {
    for (const stop of stops) stop();
  });
}
