const all = ['getSession', 'getAccessToken', 'login', 'logout', 'extend'] as const;

/** What a `TestSource` can be asked. */
export type TestQuestion = (typeof all)[number];

type Trouble =
  | { readonly kind: 'failing'; readonly error: Error }
  | {
      readonly kind: 'hanging';
      readonly over: Promise<void>;
      readonly end: (error?: Error) => void;
    };

/** How a test has the questions to its source go wrong; no names stand for all of them. */
export class Troubles {
  readonly #troubles = new Map<TestQuestion, Trouble>();

  fail(error: Error, questions: TestQuestion[]): void {
    this.end(questions, error);
    for (const question of named(questions))
      this.#troubles.set(question, { kind: 'failing', error });
  }

  hang(questions: TestQuestion[]): void {
    for (const question of named(questions)) {
      if (this.#troubles.get(question)?.kind !== 'hanging') this.#troubles.set(question, hanging());
    }
  }

  /** What hangs is answered, or fails with `error`. */
  end(questions: TestQuestion[], error?: Error): void {
    for (const question of named(questions)) {
      const trouble = this.#troubles.get(question);
      this.#troubles.delete(question);
      if (trouble?.kind === 'hanging') trouble.end(error);
    }
  }

  /** Settles as `question` is to. */
  async meet(question: TestQuestion): Promise<void> {
    const trouble = this.#troubles.get(question);
    if (trouble?.kind === 'failing') throw trouble.error;
    await trouble?.over;
  }
}

function hanging(): Trouble {
  let end!: (error?: Error) => void;
  const over = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  // Perhaps nobody has asked.
  over.catch(() => {});
  return { kind: 'hanging', over, end };
}

function named(questions: TestQuestion[]): readonly TestQuestion[] {
  for (const question of questions) {
    if (!all.includes(question)) {
      throw new TypeError(
        `A TestSource is not asked for ${question}. Name one of ${all.join(', ')}.`,
      );
    }
  }
  return questions.length > 0 ? questions : all;
}
