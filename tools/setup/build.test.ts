import { expect, it } from 'vitest';
import { explain } from './build.ts';

it('says that the disk is full, and where, when the application cannot be built for that', () => {
  const said =
    'Build failed: Error: [UNHANDLEABLE_ERROR] No space left on device (os error 28)\n    at build (x.mjs:50:18)';
  expect(explain(said).text()).toMatch(/: the disk is full, at .*\/out\.\n {2}What to do: free 50 MB there/);
});
