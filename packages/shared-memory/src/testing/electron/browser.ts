/** The browser side of the tests that run in Electron. Each check prints one line of JSON. */
import { readdirSync, readlinkSync } from 'node:fs';
import { app, MessageChannelMain, nativeImage, type UtilityProcess, utilityProcess } from 'electron';
import { FrameReader } from '../../frames/frame-reader.ts';
import { FrameWriter } from '../../frames/frame-writer.ts';
import { RecordReader } from '../../rings/record-reader.ts';
import { Arena } from '../../segment/arena.ts';
import { Segment } from '../../segment/segment.ts';
import { allocateSignal, doorbellSleeper, Signal } from '../../waiting/waiting.ts';
import { firstTear, paint } from '../pattern.ts';

const edge = 256;
const frameBytes = edge * edge * 4;
const info = { width: edge, height: edge, format: 'bgra8' } as const;
const buffer = { label: 'test', maximumFrameBytes: frameBytes };
const plugins = new Set<UtilityProcess>();

const say = (check: string, result: unknown): boolean => process.stdout.write(`${JSON.stringify({ check, result })}\n`);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Plugin {
  readonly #process = utilityProcess.fork(new URL('./plugin.js', import.meta.url).pathname);
  readonly ended = new Promise<number>((resolve) => this.#process.once('exit', resolve));

  constructor() {
    plugins.add(this.#process);
    void this.ended.then(() => plugins.delete(this.#process));
  }

  static async start(arena: Arena): Promise<Plugin> {
    const plugin = new Plugin();
    await plugin.ask({ do: 'attach', arena: arena.descriptor() });
    return plugin;
  }

  ask(message: object, ports: Electron.MessagePortMain[] = []): Promise<unknown> {
    const answer = new Promise((resolve) => this.#process.once('message', resolve));
    this.#process.postMessage(message, ports);
    return answer;
  }

  async kill(): Promise<void> {
    if (this.#process.pid !== undefined) process.kill(this.#process.pid, 'SIGKILL');
    await this.ended;
  }
}

/** Takes `count` frames and returns how many of them were torn. */
async function take(reader: FrameReader, count: number): Promise<number> {
  let torn = 0;
  for (let taken = 0; taken < count; ) {
    const latest = reader.latest();
    if (latest.state === 'corrupt') throw new Error(latest.fault.detail);
    if (latest.state === 'unchanged') await turn();
    else {
      taken += 1;
      if (firstTear(latest.frame.pixels, latest.frame.sequence) !== undefined) torn += 1;
    }
  }
  return torn;
}

const checks: Record<string, (arena: Arena) => Promise<unknown>> = {
  'the plugin reads in place the frames that the browser writes': async (arena) => {
    const plugin = await Plugin.start(arena);
    using writer = FrameWriter.create(arena, buffer);
    const { pixels, sequence } = writer.borrow();
    paint(pixels, sequence);
    writer.publish(info);
    const seen = await plugin.ask({ do: 'look', buffer: writer.readerDescriptor() });
    await plugin.kill();
    return seen;
  },
  'the browser reads in place the frames of plugins that are killed': async (arena) => {
    using reader = FrameReader.create(arena, buffer);
    let descriptor = reader.writerDescriptor();
    let torn = 0;
    for (let round = 0; round < 4; round += 1) {
      const plugin = await Plugin.start(arena);
      await plugin.ask({ do: 'paint', buffer: descriptor });
      torn += await take(reader, 20);
      await plugin.kill();
      descriptor = reader.replaceWriter();
    }
    return { torn: torn + reader.counts.torn, taken: reader.counts.taken, generation: descriptor.generation };
  },
  'a plugin cannot shrink a segment or write to read-only memory': async (arena) => {
    const plugin = await Plugin.start(arena);
    using writer = FrameWriter.create(arena, buffer);
    const refusals = await plugin.ask({ do: 'attack', arena: arena.descriptor() });
    writer.borrow().pixels.fill(1);
    const crash = plugin.ask({ do: 'scribble', buffer: writer.readerDescriptor() });
    const code = await Promise.race([plugin.ended, crash]);
    return { refusals, killedBySignal: code };
  },
  'noise in every word of the control block damages only that buffer': async (arena) => {
    const plugin = await Plugin.start(arena);
    using reader = FrameReader.create(arena, buffer);
    using writer = FrameWriter.create(arena, buffer);
    const [written, read] = [reader.writerDescriptor(), writer.readerDescriptor()];
    await plugin.ask({ do: 'noise', buffer: written });
    await plugin.ask({ do: 'noise', buffer: read });
    writer.borrow();
    const states = [reader.latest().state, writer.publish(info).state];
    await plugin.kill();
    const next = await Plugin.start(arena);
    await next.ask({ do: 'paint', buffer: reader.replaceWriter() });
    const torn = await take(reader, 3);
    await next.kill();
    return { states, torn };
  },
  'a buffer can be made for a plugin that can no longer attach': async () => {
    using closed = await Arena.create({ label: 'closed', readOnlyBytes: 4 * frameBytes });
    const plugin = await Plugin.start(closed);
    closed.close();
    using writer = FrameWriter.create(closed, buffer);
    const { pixels, sequence } = writer.borrow();
    paint(pixels, sequence);
    writer.publish(info);
    const seen = await plugin.ask({ do: 'look', buffer: writer.readerDescriptor() });
    await plugin.kill();
    return seen;
  },
  'a doorbell wakes the browser, a futex the plugin': async (arena) => {
    const plugin = await Plugin.start(arena);
    const [ping, pong] = [allocateSignal(arena), allocateSignal(arena)];
    const { port1, port2 } = new MessageChannelMain();
    port1.start();
    const asking = plugin.ask({ do: 'echo', ping: ping.descriptor, pong: pong.descriptor }, [port2]);
    const to = new Signal(ping.region, doorbellSleeper(port1));
    const from = new Signal(pong.region, doorbellSleeper(port1));
    let rounds = 0;
    for (; rounds < 20; rounds += 1) {
      to.notify();
      if (!(await from.wait(rounds, { timeoutMs: 10_000, spinUs: 0 }))) break;
    }
    const answer = await asking;
    await plugin.kill();
    return { rounds, answer };
  },
  'records pass through a ring': async (arena) => {
    const plugin = await Plugin.start(arena);
    using reader = RecordReader.create(arena, { label: 'records', capacity: 4096 });
    await plugin.ask({ do: 'records', ring: reader.peerDescriptor(), count: 500 });
    const lengths = new Set<number>();
    let records = 0;
    while (records < 500) {
      const taken = reader.peek();
      if (taken.state === 'corrupt') throw new Error(taken.fault.detail);
      if (taken.state === 'empty') {
        await turn();
        continue;
      }
      if (!taken.payload.every((byte) => byte === (records & 0xff))) throw new Error(`record ${records} is torn`);
      lengths.add(taken.payload.byteLength);
      records += 1;
      reader.release();
    }
    await plugin.kill();
    return { records, severalLengths: lengths.size > 100 };
  },
  'an image can be made of a frame in place': async (arena) => {
    using writer = FrameWriter.create(arena, { label: 'image', maximumFrameBytes: 16 });
    const reader = FrameReader.attach(arena, writer.readerDescriptor());
    writer.borrow().pixels.set([1, 2, 3, 255, 4, 5, 6, 255]);
    writer.publish({ width: 2, height: 1, format: 'bgra8' });
    const latest = reader.latest();
    reader.close();
    if (latest.state !== 'new') throw new Error(latest.state);
    const { pixels } = latest.frame;
    const bytes = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    const image = nativeImage.createFromBitmap(bytes, { width: 2, height: 1 });
    return Array.from(image.toBitmap());
  },
  'five hundred segments exist at once': async () => {
    const segments: Segment[] = [];
    for (let made = 0; made < 500; made += 1) {
      segments.push(await Segment.create({ label: 'plugin', backend: 'sealed', payloadBytes: 1 }));
    }
    for (const segment of segments) await segment.destroy();
    return segments.length;
  },
};

async function main(): Promise<void> {
  const arena = await Arena.create({ label: 'plugin', readOnlyBytes: 8 * frameBytes, readWriteBytes: 8 * frameBytes });
  for (const [name, check] of Object.entries(checks)) {
    try {
      say(name, await check(arena));
    } catch (error) {
      say(name, { error: String(error) });
    }
  }
  await arena.destroy();
  const isObject = (fd: string): boolean => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('/memfd:plugin');
    } catch {
      return false; // the descriptor of readdir itself
    }
  };
  const names = readdirSync('/dev/shm').filter((name) => name.startsWith(`bulkhead-${process.pid}-`));
  const descriptors = readdirSync('/proc/self/fd').filter(isObject);
  say('nothing is left', { names, descriptors });
}

process.on('exit', () => {
  for (const plugin of plugins) plugin.kill();
});
void app
  .whenReady()
  .then(main)
  .finally(() => app.quit());
