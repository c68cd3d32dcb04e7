import { expect, it } from 'vitest';
import { landmarks, ownLandmarks, parseMaps } from './memory-map.ts';

const maps = `55d0c0000000-55d0c0400000 r--p 00000000 fe:01 12 /opt/a program/electron
55d0c0400000-55d0c9000000 r-xp 00400000 fe:01 12 /opt/a program/electron
55d0cb000000-55d0cb021000 rw-p 00000000 00:00 0 [heap]
100000000000-100000001000 rw-p 00000000 00:00 0 
7f0000000000-7f0000100000 r-xp 00000000 fe:01 99 /usr/lib/x86_64-linux-gnu/libc.so.6
7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]
`;

it('finds the landmarks of a map, also with spaces in names', () => {
  expect(landmarks(parseMaps(maps), 0x1000_0000_0010n)).toEqual([
    { range: '55d0c0400000-55d0c9000000', access: 'r-xp', object: 'fe:01 12', what: '/opt/a program/electron' },
    { range: '55d0cb000000-55d0cb021000', access: 'rw-p', object: '00:00 0', what: '[heap]' },
    { range: '100000000000-100000001000', access: 'rw-p', object: '00:00 0', what: '' },
    {
      range: '7f0000000000-7f0000100000',
      access: 'r-xp',
      object: 'fe:01 99',
      what: '/usr/lib/x86_64-linux-gnu/libc.so.6',
    },
    { range: '7ffc00000000-7ffc00021000', access: 'rw-p', object: '00:00 0', what: '[stack]' },
  ]);
  expect(landmarks(parseMaps(maps), 0x9n).some(({ what }) => what === '')).toBe(false);
});

it.runIf(process.platform === 'linux')('reads the map of this process', () => {
  expect(ownLandmarks(0n).map(({ what }) => what)).toContain('[stack]');
});
