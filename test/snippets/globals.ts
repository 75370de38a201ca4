import { afterEach, expect, it } from 'vitest';

/** Snippets use the functions of the test runner as globals. Import this before a snippet with tests. */
Object.assign(globalThis, { afterEach, expect, it });
