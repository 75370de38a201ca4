const allRequests = ['getSession', 'getAccessToken', 'login', 'logout', 'extend'] as const;

/** A request that a `TestSource` answers. */
export type TestRequest = (typeof allRequests)[number];

type Failure =
  | { readonly kind: 'failing'; readonly error: Error }
  | {
      readonly kind: 'hanging';
      readonly settled: Promise<void>;
      readonly settle: (error?: Error) => void;
    };

/** The requests to a `TestSource` that fail or hang. An empty list of requests stands for all. */
export class SimulatedFailures {
  readonly #failures = new Map<TestRequest, Failure>();

  fail(error: Error, requests: TestRequest[]): void {
    this.end(requests, error);
    for (const request of orAll(requests)) {
      this.#failures.set(request, { kind: 'failing', error });
    }
  }

  hang(requests: TestRequest[]): void {
    for (const request of orAll(requests)) {
      if (this.#failures.get(request)?.kind !== 'hanging') this.#failures.set(request, hanging());
    }
  }

  /** Ends the failures. Requests that hang are answered, or rejected with `error`. */
  end(requests: TestRequest[], error?: Error): void {
    for (const request of orAll(requests)) {
      const failure = this.#failures.get(request);
      this.#failures.delete(request);
      if (failure?.kind === 'hanging') failure.settle(error);
    }
  }

  /** Applies the failure of a request: rejects, waits, or resolves if there is none. */
  async apply(request: TestRequest): Promise<void> {
    const failure = this.#failures.get(request);
    if (failure?.kind === 'failing') throw failure.error;
    await failure?.settled;
  }
}

function hanging(): Failure {
  let settle!: (error?: Error) => void;
  const settled = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Without a waiting request, a rejection would be reported as unhandled.
  settled.catch(() => {});
  return { kind: 'hanging', settled, settle };
}

function orAll(requests: TestRequest[]): readonly TestRequest[] {
  for (const request of requests) {
    if (!allRequests.includes(request)) {
      throw new TypeError(
        `A TestSource has no request called ${request}. Use one of ${allRequests.join(', ')}.`,
      );
    }
  }
  return requests.length > 0 ? requests : allRequests;
}
