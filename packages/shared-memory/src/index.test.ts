import { expect, it } from 'vitest';
import { PeerProcess } from './testing/peer-process.ts';

it('loads no native library until it is used', async () => {
  await using importer = new PeerProcess('importer.ts');
  expect(await importer.receive()).toEqual({
    imported: [],
    capable: { sharedMemory: true, copies: false },
    used: ['koffi.node'],
  });
});
