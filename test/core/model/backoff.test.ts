import { describe, expect, it } from 'vitest';
import { backoff } from '../../../src/core/model/backoff.js';

describe('the back-off', () => {
  it('grows from 1 s to 60 s, with full jitter', () => {
    expect(backoff(1, 0)).toBe(1_000);
    expect(backoff(1, 1)).toBe(2_000);
    expect(backoff(3, 1)).toBe(8_000);
    expect(backoff(50, 1)).toBe(60_000);
    expect(backoff(50, 0)).toBe(1_000);
  });

  it('is as long as Retry-After', () => {
    expect(backoff(1, 0.5, 30_000)).toBe(30_000);
  });
});
