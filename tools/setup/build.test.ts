import { expect, it } from 'vitest';
import { explain } from './build.ts';

it('reports a full disk, with its folder, as the reason for a failed build', () => {
  const said =
    'Build failed: Error: [UNHANDLEABLE_ERROR] No space left on device (os error 28)\n    at build (x.mjs:50:18)';
  expect(explain(said).text()).toMatch(/: the disk is full, at .*\/out\.\n {2}What to do: free 50 MB there/);
});
