/** What a page has rendered, requested, cached and stored, and where users were mixed. */
export interface PageRecord {
  renders: number;
  requests: number;
  cacheChecks: number;
  writes: number;
  /** Each place where data of a user appeared together with another user. */
  mixtures: string[];
}

export const record: PageRecord = {
  renders: 0,
  requests: 0,
  cacheChecks: 0,
  writes: 0,
  mixtures: [],
};

type Counter = Exclude<keyof PageRecord, 'mixtures'>;

/** Records that `content` was seen at `place` while the page showed `shown`; no user: nothing may be seen. */
export function check(place: Counter, content: string, shown: string | undefined): void {
  record[place]++;
  const users = new Set(content.match(/\b(ada|grace)\b/g));
  users.delete(shown ?? '');
  if (users.size > 0) record.mixtures.push(`${place}: ${[...users]} while ${shown} was signed in`);
}

/** Records the user of each request's token. Call it before the client is created. */
export function recordRequests(shownUser: () => string | undefined): void {
  const send = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    const token = headers.get('Authorization');
    if (token) check('requests', token, shownUser());
    return send(input, init);
  };
}

/** Checks everything that the document shows after each change of it. */
export function recordDocument(root: Node, shownUser: () => string | undefined): void {
  new MutationObserver(() => check('renders', root.textContent ?? '', shownUser())).observe(root, {
    characterData: true,
    childList: true,
    subtree: true,
  });
}
