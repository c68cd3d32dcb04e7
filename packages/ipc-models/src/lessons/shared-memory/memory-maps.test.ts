import { expect, test } from 'vitest';
import { mappedAt } from './memory-maps.ts';

const maps = `55d0c8e00000-55d0c8e01000 r-xp 00001000 fe:01 132 /usr/bin/program
7f0000000000-7f0000001000 rw-s 00000000 00:01 2049                       /dev/shm/name (deleted)
7f0000001000-7f0000002000 r--s 00000000 00:01 2050                       /memfd:name (deleted)
7f0000002000-7f0000003000 ---p 00000000 00:00 0
`;

test.each([
  ['0x7f0000000000', { object: '00:01 2049', access: 'read-write' }],
  ['0x7f0000000fff', { object: '00:01 2049', access: 'read-write' }],
  ['0x7f0000001000', { object: '00:01 2050', access: 'read-only' }],
  ['0x7f0000002fff', { object: '00:00 0', access: 'none' }],
  ['0x7f0000003000', undefined],
])('finds the mapping at %s', (address, mapped) => {
  expect(mappedAt(address, maps)).toEqual(mapped);
});

test('finds a mapping of this process', () => {
  expect(mappedAt('0x0')).toBeUndefined();
});
