import './globals.ts';
import '@testing-library/jest-dom/vitest';
import { vi } from 'vitest';

// As in test runners with globals.
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

// The tests that docs/testing.md shows first. If this file has no test, the block has moved.
await import('snippet:docs/testing.md#1');
