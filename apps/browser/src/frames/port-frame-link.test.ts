import type { FramePicture } from '@bulkhead/contracts';
import { expect, test, vi } from 'vitest';
import type { PluginConnection } from '../plugins/plugin-process.ts';
import { whyCopied } from './frame-link.ts';
import { Pictures } from './pictures.ts';
import { carryFrames } from './port-frame-link.ts';

/** Replaces Electron's port: messages are cloned, and arrive in order and later. */
class Port {
  other: Port | undefined;
  #listener: ((event: { data: unknown; ports: unknown[] }) => void) | undefined;
  /** Number of messages that have reached a listener. */
  heard = 0;
  closed = false;

  on(event: string, listener: (event: { data: unknown; ports: unknown[] }) => void): void {
    if (event === 'message') this.#listener = listener;
  }
  start(): void {}
  close(): void {
    this.closed = true;
  }
  postMessage(message: unknown): void {
    const data = structuredClone(message);
    setImmediate(() => {
      if (this.closed || !this.other || this.other.closed) return;
      this.other.heard += 1;
      this.other.#listener?.({ data, ports: [] });
    });
  }
}

vi.mock('electron', () => ({
  MessageChannelMain: class {
    port1 = new Port();
    port2 = new Port();
    constructor() {
      this.port1.other = this.port2;
      this.port2.other = this.port1;
    }
  },
}));

/** Creates a link to a plugin process, played by the test: its two ends, and the faults that the browser reports. */
async function linked() {
  const faults: string[] = [];
  const ends: Port[] = [];
  const connection = {
    peer: { pid: 77 },
    push: { wantPictures: vi.fn() },
    call: {
      carryFrames: async (frames: Port, pictures: Port) => {
        ends.push(frames, pictures);
      },
    },
  } as unknown as PluginConnection;
  const onFault = (detail: string) => faults.push(detail);
  const options = { connection, name: 'test', maximumFrameBytes: 4096, onFault, onNoMemory: () => undefined };
  const link = carryFrames(options, { cause: 'platform', platform: 'darwin' });
  await link.begin();
  const [frames, pictures] = ends as [Port, Port];
  return { link, connection, faults, frames, pictures };
}

const picture = (sequence: number) => ({
  sequence,
  width: 2,
  height: 1,
  strideBytes: 8,
  format: 'rgba8',
  dirty: { x: 0, y: 0, width: 2, height: 1 },
  timestampUs: 1,
  pixels: new Uint8Array(8).fill(sequence),
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a frame reaches the plugin, a small frame comes back, and both are reported', async () => {
  const { link, connection, faults, frames, pictures } = await linked();
  const arrived: unknown[] = [];
  frames.on('message', ({ data }) => arrived.push(data));
  link.frames.write(new Uint8Array(16).fill(9), { width: 2, height: 2, format: 'bgra8' });
  const shown: (FramePicture | null)[] = [];
  const watching = new Pictures(() => () => undefined);
  watching.attach(connection, link);
  watching.watch((each) => shown.push(each));
  pictures.postMessage(picture(1));
  await settle();
  expect(arrived).toMatchObject([{ width: 2, height: 2, pixels: new Uint8Array(16).fill(9) }]);
  expect(shown).toMatchObject([{ pid: 77, sequence: 1, width: 2, height: 1 }]);
  expect(faults).toEqual([]);
  expect(link.report()).toMatchObject([
    { label: 'active tab', backend: 'port', published: 1, reader: { pid: 77, name: 'test' } },
    { label: 'small pictures', backend: 'port', published: 1, writer: { pid: 77, name: 'test' } },
  ]);
  link.close();
});

test('a small frame is taken without watchers, too, because the plugin would otherwise wait forever', async () => {
  const { link, connection, faults, pictures } = await linked();
  const watching = new Pictures(() => () => undefined);
  watching.attach(connection, link);
  const shown = vi.fn();
  watching.watch(shown)();
  pictures.postMessage(picture(1));
  await settle();
  await vi.waitFor(() => expect(pictures.heard).toBe(1)); // it was asked for the next one
  expect(shown).not.toHaveBeenCalled();
  expect(faults).toEqual([]);
  link.close();
});

test.each<[string, (plugin: Awaited<ReturnType<typeof linked>>) => void]>([
  [
    'floods with pictures',
    ({ pictures }) => Array.from({ length: 2000 }, (_, n) => pictures.postMessage(picture(n + 1))),
  ],
  [
    'sends pictures that are too large',
    ({ pictures }) => pictures.postMessage({ ...picture(1), pixels: new Uint8Array(1 << 20), height: 1 << 17 }),
  ],
  ['sends something that is not a frame', ({ pictures }) => pictures.postMessage({ polluted: true })],
  ['floods with requests for frames', ({ frames }) => Array.from({ length: 2000 }, () => frames.postMessage('next'))],
  ['sends something else there', ({ frames }) => frames.postMessage(new Uint8Array(1 << 20))],
])('a plugin that %s is reported once, and is not listened to any more', async (_what, attack) => {
  const plugin = await linked();
  const { link, connection, faults } = plugin;
  new Pictures(() => () => undefined).attach(connection, link);
  attack(plugin);
  await settle();
  expect(faults).toHaveLength(1);
  expect(plugin.frames.other?.closed || plugin.pictures.other?.closed).toBe(true);
  // The requested one, and the one that broke the rules.
  expect((plugin.frames.other?.heard ?? 0) + (plugin.pictures.other?.heard ?? 0)).toBeLessThanOrEqual(2);
  link.close();
});

test('says why frames are copied', () => {
  expect(whyCopied({ sharedMemory: true, copies: false })).toBeNull();
  const elsewhere = { sharedMemory: false, copies: true, cause: 'platform', reason: 'darwin is not Linux' } as const;
  expect(whyCopied(elsewhere, 'darwin')).toEqual({ cause: 'platform', platform: 'darwin' });
  const broken = { ...elsewhere, cause: 'library', reason: 'x'.repeat(1000) } as const;
  expect(whyCopied(broken, 'linux')).toEqual({ cause: 'library', error: 'x'.repeat(500) });
});
