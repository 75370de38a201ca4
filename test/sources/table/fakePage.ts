/** What a source has done with the page. */
export interface PageRecord {
  readonly opened: string[];
  readonly visited: string[];
}

/** Runs `work` with the globals of a page that records windows and navigations, and does neither. */
export async function withFakePage<Result>(
  work: (record: PageRecord) => Promise<Result>,
): Promise<Result> {
  const record: PageRecord = { opened: [], visited: [] };
  const fakes = {
    location: {
      origin: 'http://app.test',
      pathname: '/',
      search: '',
      hash: '',
      assign: (address: string) => void record.visited.push(address),
    },
    open: (address: string) => {
      record.opened.push(address);
      return { closed: true, location: {}, close: () => {} };
    },
    document: { cookie: 'csrftoken=x; auth0.app.is.authenticated=true' },
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  const scope = globalThis as unknown as Record<string, unknown>;
  const former = Object.keys(fakes).map((name) => [name, scope[name]] as const);
  Object.assign(scope, fakes);
  try {
    return await work(record);
  } finally {
    for (const [name, value] of former) {
      if (value === undefined) delete scope[name];
      else scope[name] = value;
    }
  }
}
