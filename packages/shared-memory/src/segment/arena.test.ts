import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArenaFullError } from '../posix/errors.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { Arena } from './arena.ts';
import type { Backend } from './backing.ts';
import { Region } from './region.ts';
import { headerBytes } from './segment-header.ts';

// Memory is released off the event loop.
afterEach(() => vi.waitFor(() => expect(leftovers()).toEqual(nothing)));

describe.each<Backend>(['sealed', 'named'])('an arena of %s segments', (backend) => {
  it('allocates regions that a peer finds by their descriptors, in the same memory', async () => {
    using arena = await Arena.create({ label: 'test', backend, readWriteBytes: 1000, readOnlyBytes: 10_000 });
    using peer = Arena.attach(arena.descriptor());
    for (const access of ['read-write', 'read-only'] as const) {
      const region = arena.allocate(access, 256, 64);
      region.bytes().fill(access.length);
      const found = peer.region(region.descriptor);
      expect(Array.from(found.bytes())).toEqual(Array(256).fill(access.length));
      expect(found.segment.access).toBe(access);
    }
  });

  it('names the bytes asked for and free when it is full, and has room again after a free', async () => {
    using arena = await Arena.create({ label: 'test', backend });
    const all = arena.bytesFree('read-write');
    const region = arena.allocate('read-write', all - 64, 64);
    expect(() => arena.allocate('read-write', 128, 64)).toThrow(ArenaFullError);
    expect(() => arena.allocate('read-write', 128, 64)).toThrow('128 bytes (64 free in all)');
    arena.free(region);
    expect(arena.bytesFree('read-write')).toBe(all);
    arena.allocate('read-write', 128, 64);
  });

  it('grows by segments that an attached peer adds, until it is closed', async () => {
    using arena = await Arena.create({ label: 'test', backend });
    using peer = Arena.attach(arena.descriptor());
    expect(() => arena.allocate('read-only', 64, 64)).toThrow('or call grow()');
    const more = await arena.grow('read-only', 100_000);
    const region = arena.allocate('read-only', 100_000, 4096);
    expect(() => peer.region(region.descriptor)).toThrow('attach it first');
    peer.add(more);
    peer.add(arena.descriptor()); // segments that are already attached stay as they are
    region.bytes()[99_999] = 1;
    expect(peer.region(region.descriptor).bytes()[99_999]).toBe(1);
    arena.close();
    await expect(arena.grow('read-only', 1)).rejects.toThrow('closed');
    expect(() => arena.descriptor()).toThrow('can no longer be attached');
    expect(() => arena.allocate('read-only', 100_000, 4096)).toThrow('It can no longer grow');
  });
});

it('refuses regions that reach outside their segment or into its header', async () => {
  using arena = await Arena.create({ label: 'test' });
  const { descriptor } = arena.allocate('read-write', 64, 64);
  const { segment } = arena.region(descriptor);
  for (const [offset, bytes] of [
    [0, 64],
    [headerBytes - 64, 64],
    [segment.bytes - 64, 128],
    [headerBytes + 4, 64],
    [headerBytes, segment.bytes],
    [-64, 128],
    [Number.NaN, 64],
  ] as const) {
    expect(() => new Region(segment, offset, bytes)).toThrow(RangeError);
    expect(() => arena.region({ ...descriptor, byteOffset: offset, byteLength: bytes })).toThrow('not inside');
  }
});
