import { vi } from 'vitest';

/** Longest wait of a test for a condition, ms. Vitest gives up after a second, which a busy machine may need. */
const timeout = 30_000;

const { waitFor } = vi;
vi.waitFor = (condition, options) =>
  waitFor(condition, typeof options === 'number' ? options : { timeout, ...options });
