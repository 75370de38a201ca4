const allQuestions = ['getSession', 'getAccessToken', 'login', 'logout', 'extend'] as const;

/** A request that a `TestSource` answers. */
export type TestQuestion = (typeof allQuestions)[number];

type Failure =
  | { readonly kind: 'failing'; readonly error: Error }
  | {
      readonly kind: 'hanging';
      readonly settled: Promise<void>;
      readonly settle: (error?: Error) => void;
    };

/** The requests to a `TestSource` that fail or hang. An empty list of requests stands for all. */
export class SimulatedFailures {
  readonly #failures = new Map<TestQuestion, Failure>();

  fail(error: Error, questions: TestQuestion[]): void {
    this.end(questions, error);
    for (const question of orAll(questions)) {
      this.#failures.set(question, { kind: 'failing', error });
    }
  }

  hang(questions: TestQuestion[]): void {
    for (const question of orAll(questions)) {
      if (this.#failures.get(question)?.kind !== 'hanging') this.#failures.set(question, hanging());
    }
  }

  /** Ends the failures. Requests that hang are answered, or rejected with `error`. */
  end(questions: TestQuestion[], error?: Error): void {
    for (const question of orAll(questions)) {
      const failure = this.#failures.get(question);
      this.#failures.delete(question);
      if (failure?.kind === 'hanging') failure.settle(error);
    }
  }

  /** Applies the failure of a request: rejects, waits, or resolves if there is none. */
  async apply(question: TestQuestion): Promise<void> {
    const failure = this.#failures.get(question);
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

function orAll(questions: TestQuestion[]): readonly TestQuestion[] {
  for (const question of questions) {
    if (!allQuestions.includes(question)) {
      throw new TypeError(
        `A TestSource has no request called ${question}. Use one of ${allQuestions.join(', ')}.`,
      );
    }
  }
  return questions.length > 0 ? questions : allQuestions;
}
