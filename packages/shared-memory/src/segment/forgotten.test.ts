import { expect, it } from 'vitest';
import { PeerProcess } from '../testing/peer-process.ts';

it('releases segments that were never detached, with a warning for each', async () => {
  await using forgetful = new PeerProcess('forgetful.ts', { flags: ['--expose-gc'] });
  const { warnings, before, after } = await forgetful.receive();
  const said = (label: string): string =>
    `segment "${label}" was never detached: it was released by the garbage collector`;
  expect(warnings).toEqual(['forgotten by its peer', 'forgotten named', 'forgotten sealed'].map(said));
  expect(before).toMatchObject({ names: [expect.any(String)], descriptors: [expect.any(String)] });
  expect(after).toEqual({ names: [], descriptors: [] });
});
