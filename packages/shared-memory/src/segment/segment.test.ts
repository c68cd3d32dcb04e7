import { readFileSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AttachError, ClosedMemoryError, NoSpaceError } from '../posix/errors.ts';
import { libc } from '../posix/libc.ts';
import * as posix from '../posix/posix.ts';
import { leftovers, namesOf, nothing } from '../testing/leftovers.ts';
import { PeerProcess } from '../testing/peer-process.ts';
import type { Backend } from './backing.ts';
import { segments } from './registry.ts';
import { Segment } from './segment.ts';
import { headerBytes } from './segment-header.ts';

const megabyte = 2 ** 20;
const [major = 0, minor = 0] = release().split('.').map(Number);
/** The kernel supports MADV_COLLAPSE. */
const gathers = process.platform === 'linux' && (major > 6 || (major === 6 && minor >= 1));

/** The kernel supports MADV_POPULATE_WRITE. */
const populates = process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 14));

/** Returns the memory of the segment in this process's page table, KiB. */
function kibibytesIn(segment: Segment): number {
  const start = libc().addressOf(new Uint8Array(segment.buffer)).toString(16);
  const [, mapping = ''] = readFileSync('/proc/self/smaps', 'latin1').split(new RegExp(`^0*${start}-`, 'm'));
  return Number(/^Rss:\s+(\d+) kB/m.exec(mapping)?.[1]);
}

async function peer(): Promise<PeerProcess> {
  const process = new PeerProcess('segment-peer.ts');
  await process.receive();
  return process;
}

// Memory is released off the event loop.
afterEach(() => vi.waitFor(() => expect(leftovers()).toEqual(nothing)));

describe.each<Backend>(['named', 'sealed'])('a %s segment', (backend) => {
  const create = (options = {}): Promise<Segment> =>
    Segment.create({ label: 'test', backend, payloadBytes: megabyte, ...options });

  it('is the same memory in two processes', async () => {
    using segment = await create();
    await using other = await peer();
    expect(await other.ask({ do: 'attach', descriptor: segment.descriptor() })).toEqual({ result: 'read-write' });
    const bytes = new Uint8Array(segment.buffer);
    bytes[headerBytes] = 17;
    expect(await other.ask({ do: 'read', at: headerBytes })).toEqual({ result: 17 });
    await other.ask({ do: 'write', at: segment.bytes - 1, value: 99 });
    expect(bytes[segment.bytes - 1]).toBe(99);
  });

  it('with `later`, takes its memory only when asked', async () => {
    using segment = await create({ memory: 'later' });
    expect(segment.isTaken).toBe(!populates);
    const touched = kibibytesIn(segment);
    if (populates) expect(touched).toBeLessThan(megabyte / 1024);
    await Promise.all([segment.take(), segment.take()]);
    expect(segment.isTaken).toBe(true);
    expect(kibibytesIn(segment)).toBe(segment.bytes / 1024);
    new Uint8Array(segment.buffer).fill(1, headerBytes);
  });

  it.runIf(populates)('throws if there is no memory for it, and can be asked again', async () => {
    using segment = await create({ memory: 'later' });
    const address = libc().addressOf(new Uint8Array(segment.buffer));
    posix.mprotect(address, segment.bytes, posix.PROT_READ); // the kernel now refuses, as it does without memory
    await expect(segment.take()).rejects.toThrow(NoSpaceError);
    expect(segment.isTaken).toBe(false);
    posix.mprotect(address, segment.bytes, posix.PROT_READ | posix.PROT_WRITE);
    await segment.take();
    expect(segment.isTaken).toBe(true);
  });

  it.runIf(populates)('can be detached while its memory is being taken', async () => {
    const segment = await create({ payloadBytes: 32 * megabyte, memory: 'later' });
    const view = new Uint8Array(segment.buffer);
    const taken = expect(segment.take()).rejects.toThrow(ClosedMemoryError);
    await segment.destroy();
    await taken;
    expect(view[headerBytes]).toBe(0);
  });

  it('starts with a header that describes it', async () => {
    using segment = await create({ generation: 3 });
    expect(segment.header()).toMatchObject({ layoutVersion: 1, generation: 3, bytes: segment.bytes, id: segment.id });
    expect(segment.header().owner.pid).toBe(process.pid);
    expect(segment.header().owner.startTime).toBeGreaterThan(0);
    expect(segment.bytes % 65_536).toBe(0);
  });

  it('stays usable in the other process after the owner has detached', async () => {
    const segment = await create();
    await using other = await peer();
    new Uint8Array(segment.buffer)[headerBytes] = 5;
    await other.ask({ do: 'attach', descriptor: segment.descriptor() });
    await segment.destroy();
    expect(await other.ask({ do: 'read', at: headerBytes })).toEqual({ result: 5 });
  });

  it('turns stale views into private zeros when it is detached, also twice', async () => {
    const segment = await create();
    using attached = Segment.attach(segment.descriptor());
    const stale = new Uint8Array(segment.buffer);
    stale[headerBytes] = 8;
    await segment.detach();
    await segment.detach();
    expect(stale[headerBytes]).toBe(0);
    stale[headerBytes] = 9;
    expect(new Uint8Array(attached.buffer)[headerBytes]).toBe(8);
    await attached.detach();
    await attached.detach();
  });

  it('cannot be attached once it is unlinked, and says so', async () => {
    using segment = await create();
    await using other = await peer();
    const descriptor = segment.descriptor();
    segment.unlink();
    segment.unlink();
    expect(segment.attachable).toBe(false);
    expect(() => segment.descriptor()).toThrow('can no longer be attached');
    expect(await other.ask({ do: 'attach', descriptor })).toMatchObject({ error: 'AttachError' });
    new Uint8Array(segment.buffer)[headerBytes] = 1; // the owner can still write
  });

  it.each([
    ['wrong-magic', 0, 0xdead_beef],
    ['wrong-version', 1, 99],
    ['wrong-size', 2, 4096],
    ['wrong-generation', 3, 7],
    ['wrong-identity', 7, 1],
  ])('refuses to be attached with the header fault %s', async (fault, word, value) => {
    using segment = await create();
    const descriptor = segment.descriptor();
    new Uint32Array(segment.buffer)[word] = value;
    const attempt = vi.fn(() => Segment.attach(descriptor));
    expect(attempt).toThrow(AttachError);
    expect(attempt.mock.results[0]?.value).toMatchObject({ fault });
  });

  it('cannot be attached with a wrong size', async () => {
    using segment = await create();
    const descriptor = { ...segment.descriptor(), bytes: segment.bytes * 2 };
    expect(() => Segment.attach(descriptor)).toThrow(`it has ${segment.bytes} bytes, the descriptor says`);
  });

  it('is listed as long as it is attached', async () => {
    const segment = await create({ label: 'listed' });
    const find = (): unknown => segments().find(({ label }) => label === 'listed');
    expect(find()).toMatchObject({ backend, bytes: segment.bytes, owned: true, attachable: true });
    const detaching = segment.detach();
    expect(find()).toBeUndefined(); // at once
    await detaching;
  });
});

describe('a named segment', () => {
  it('loses its name when both sides have it and it is unlinked', async () => {
    using segment = await Segment.create({ label: 'test', backend: 'named', payloadBytes: megabyte });
    expect(namesOf(process.pid)).toHaveLength(1);
    await using other = await peer();
    await other.ask({ do: 'attach', descriptor: segment.descriptor() });
    segment.unlink();
    expect(namesOf(process.pid)).toEqual([]);
    await other.ask({ do: 'write', at: headerBytes, value: 3 });
    expect(new Uint8Array(segment.buffer)[headerBytes]).toBe(3);
  });

  it('can be read and written only by its user', async () => {
    using segment = await Segment.create({ label: 'test', backend: 'named', payloadBytes: megabyte });
    expect(statSync(`/dev/shm/${namesOf(process.pid)[0]}`).mode & 0o777).toBe(0o600);
    expect(segment.descriptor()).toMatchObject({ name: expect.stringMatching(/-[0-9a-f]{24}$/) });
  });
});

describe('a sealed segment', () => {
  it('cannot be made smaller by any process', async () => {
    using segment = await Segment.create({ label: 'test', backend: 'sealed', payloadBytes: megabyte });
    await using other = await peer();
    expect(await other.ask({ do: 'shrink', descriptor: segment.descriptor() })).toMatchObject({ code: 'EPERM' });
    new Uint8Array(segment.buffer).fill(1, headerBytes); // no SIGBUS
  });

  it('that is read-only for peers cannot be written by them, whatever they try', async () => {
    using segment = await Segment.create({
      label: 'test',
      backend: 'sealed',
      payloadBytes: megabyte,
      peerAccess: 'read-only',
    });
    const bytes = new Uint8Array(segment.buffer);
    bytes[headerBytes] = 42; // the owner's mapping is older than the seal
    const descriptor = segment.descriptor();
    await using other = await peer();
    expect(await other.ask({ do: 'attach', descriptor })).toEqual({ result: 'read-only' });
    expect(await other.ask({ do: 'read', at: headerBytes })).toEqual({ result: 42 });
    expect(await other.ask({ do: 'mapWritable', descriptor })).toMatchObject({ code: 'EPERM' });
    expect(await other.ask({ do: 'protectWritable', descriptor })).toMatchObject({ code: 'EACCES' });
    other.send({ do: 'write', at: headerBytes, value: 1 });
    expect(await other.ended).toMatchObject({ signal: 'SIGSEGV' });
    expect(bytes[headerBytes]).toBe(42);
  });

  it('is not attached if its size could still change', async () => {
    const fd = posix.memfd_create('unsealed', posix.MFD_CLOEXEC | posix.MFD_ALLOW_SEALING);
    try {
      posix.ftruncate(fd, 65_536);
      using model = await Segment.create({ label: 'test', backend: 'sealed', payloadBytes: 1 });
      const descriptor = { ...model.descriptor(), backend: 'sealed' as const, pid: process.pid, fd };
      expect(() => Segment.attach(descriptor)).toThrow(expect.objectContaining({ fault: 'not-sealed' }));
    } finally {
      posix.close(fd);
    }
  });

  it('is not attached if its descriptor number means another object now', async () => {
    using first = await Segment.create({ label: 'first', backend: 'sealed', payloadBytes: megabyte });
    const descriptor = first.descriptor();
    first.unlink();
    using second = await Segment.create({ label: 'second', backend: 'sealed', payloadBytes: megabyte });
    expect(second.descriptor()).toMatchObject({ fd: 'fd' in descriptor ? descriptor.fd : -1 });
    expect(() => Segment.attach(descriptor)).toThrow(expect.objectContaining({ fault: 'wrong-identity' }));
  });
});

it('throws if the engine has no address range left, and leaves nothing behind', async () => {
  await using other = new PeerProcess('no-address-space.ts');
  const { name, message, count, left } = await other.receive();
  expect({ name, left }).toEqual({ name: 'AddressSpaceError', left: nothing });
  expect(message).toMatch(/no address range for a segment of 65536 bytes/);
  expect(count).toBeGreaterThan(1000);
});

it.skipIf(!gathers)('has huge pages if it is large', async () => {
  using _segment = await Segment.create({ label: 'huge', backend: 'sealed', payloadBytes: 32 * megabyte });
  const [, mapping = ''] = readFileSync('/proc/self/smaps', 'utf8').split('/memfd:huge');
  expect(Number(/ShmemPmdMapped: +(\d+) kB/.exec(mapping)?.[1])).toBeGreaterThan(0);
});

it('refuses an impossible size', async () => {
  const create = Segment.create({ label: 'test', backend: 'sealed', payloadBytes: 2 ** 32 });
  await expect(create).rejects.toThrow('payload in bytes must be a whole number');
});
