import { Arena, segments } from '@bulkhead/shared-memory';
import { afterEach, expect, test, vi } from 'vitest';
import type { PluginConnection } from '../plugins/plugin-process.ts';
import { linkFrames } from './frame-link.ts';
import { Pictures } from './pictures.ts';

vi.mock('electron', () => ({
  MessageChannelMain: class {
    port1 = { on: vi.fn(), start: vi.fn(), close: vi.fn(), postMessage: vi.fn() };
    port2 = {};
  },
}));

afterEach(() => vi.restoreAllMocks());

/** Creates a link to a plugin process that opens what it is given, and sends nothing. */
async function linked() {
  const call = { attach: vi.fn(), lendPictures: vi.fn(), watch: vi.fn(), carryFrames: vi.fn() };
  for (const each of Object.values(call)) each.mockResolvedValue(undefined);
  let ring = () => {};
  const on = { pictureReady: (listener: () => void) => (ring = listener) };
  const connection = { peer: { pid: 77 }, call, on, push: { wantPictures: vi.fn() } } as unknown as PluginConnection;
  const onNoMemory = vi.fn();
  const onFault = vi.fn();
  const link = await linkFrames({ connection, name: 'test', maximumFrameBytes: 1 << 20, onFault, onNoMemory });
  await link.begin();
  return { link, connection, call, onNoMemory, ring: () => ring() };
}

const frame = { width: 2, height: 2, format: 'bgra8' } as const;

test.runIf(process.platform === 'linux')('frames get memory when they are first read, and not before', async () => {
  const { link, call, onNoMemory } = await linked();
  expect(call.watch).toHaveBeenCalledOnce();
  expect(() => link.frames.write(new Uint8Array(16), frame)).toThrow('has no memory yet');
  expect(await link.take()).toBe(link);
  expect(link.frames.write(new Uint8Array(16), frame)).toMatchObject({ state: 'published' });
  expect(onNoMemory).not.toHaveBeenCalled();
  link.close();
  await vi.waitFor(() => expect(segments()).toEqual([]));
});

test.runIf(process.platform === 'linux')(
  'frames are copied when their memory cannot be allocated at that time',
  async () => {
    const { link, connection, call, onNoMemory, ring } = await linked();
    const pictures = new Pictures(() => () => undefined);
    pictures.attach(connection, link);
    const failure = new Error('no room');
    vi.spyOn(Arena.prototype, 'take').mockRejectedValue(failure);
    const copying = await link.take();
    expect(onNoMemory).toHaveBeenCalledWith(failure);
    expect(copying.copied).toEqual({ cause: 'memory', error: 'no room' });
    expect(call.carryFrames).toHaveBeenCalledOnce();
    expect(copying.frames.write(new Uint8Array(16), frame)).toMatchObject({ state: 'published' });
    pictures.attach(connection, copying);
    ring(); // the plugin drew before it knew the new link: nothing reads it
    await vi.waitFor(() => expect(segments()).toEqual([]));
    copying.close();
  },
);

test.runIf(process.platform === 'linux')(
  'closing a link while its memory is allocated does not count as a lack of memory',
  async () => {
    const { link, call, onNoMemory } = await linked();
    const taken = link.take();
    link.close();
    await taken;
    expect(onNoMemory).not.toHaveBeenCalled();
    expect(call.carryFrames).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(segments()).toEqual([]));
  },
);
