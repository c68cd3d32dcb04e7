/**
 * The browser side of the data plane's measurements. Takes one request as its last argument (JSON), prints the samples
 * as one line of JSON and quits.
 */
import {
  Arena,
  allocateSignal,
  CellReader,
  CellWriter,
  doorbellSleeper,
  ElementReader,
  FrameWriter,
  RecordReader,
  Signal,
} from '@bulkhead/shared-memory';
import { app, MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { alternate, type Call } from './alternate.ts';
import type { Experiment, Measured } from './experiment.ts';
import { spinUntil } from './spin.ts';

let plugin: UtilityProcess;

function ask(message: object, ports: MessagePortMain[] = []): Promise<unknown> {
  const answer = new Promise((resolve) => plugin.once('message', resolve));
  plugin.postMessage(message, ports);
  return answer;
}

/**
 * Creates a frame buffer that the plugin reads as fast as it can. `taken` has the number of the frame that it has read.
 */
async function readFrames(arena: Arena, frameBytes: number): Promise<{ writer: FrameWriter; taken: Uint32Array }> {
  const writer = FrameWriter.create(arena, { label: 'bench', maximumFrameBytes: frameBytes });
  const region = arena.allocate('read-write', 64, 64);
  region.bytes().fill(0);
  await ask({ do: 'read', buffer: writer.readerDescriptor(), taken: region.descriptor });
  return { writer, taken: region.words() };
}

const newArena = async (frameBytes: number): Promise<Arena> => {
  const arena = await Arena.create({ label: 'bench', readWriteBytes: 1 << 20, readOnlyBytes: 3 * frameBytes + 65_536 });
  await ask({ do: 'attach', arena: arena.descriptor() });
  return arena;
};

/** Copies of frames for one sample. */
const frameCopies = 40;

/** Returns a call that sends a frame over a port and waits for an empty message as its acknowledgement. */
async function overPort(frameBytes: number): Promise<Call> {
  const { port1, port2 } = new MessageChannelMain();
  let arrived: (() => void) | undefined;
  port1.on('message', () => arrived?.());
  port1.start();
  await ask({ do: 'swallow' }, [port2]);
  const pixels = new Uint8Array(frameBytes).fill(3);
  return async () => {
    const acknowledged = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    port1.postMessage(pixels);
    await acknowledged;
  };
}

const experiments: Record<Experiment['name'], (experiment: Experiment) => Promise<Measured>> = {
  /** GB/s of frames copied into the buffer. The other process reads the latest frame in place as fast as it can. */
  'frames-vs-memcpy': async ({ width = 0, height = 0 }) => {
    const frameBytes = width * height * 4;
    const { writer, taken } = await readFrames(await newArena(frameBytes), frameBytes);
    const source = new Uint8Array(frameBytes).fill(3);
    // As many targets as the buffer has slots: a single one would stay in the processor's cache, unlike a frame.
    const targets = [1, 2, 3].map((value) => new Uint8Array(frameBytes).fill(value));
    const measured = await alternate(
      frameCopies,
      {
        floor: (frame) => targets[frame % 3]!.set(source),
        ours: () => void writer.write(source, { width, height, format: 'bgra8' }),
      },
      (seconds) => frameBytes / 1e9 / seconds,
    );
    spinUntil(taken, writer.sequence); // throws if the last frame is never read
    return measured;
  },
  /** Only the floor. Beside a plugin that spins for frames, it would get only half of the machine. */
  'frames-over-port': async ({ width = 0, height = 0 }) => {
    const frameBytes = width * height * 4;
    const calls = { floor: await overPort(frameBytes), ours: () => undefined };
    const { floor } = await alternate(10, calls, (seconds) => frameBytes / 1e9 / seconds);
    return { ours: [], floor };
  },
  'spin-vs-atomic': async () => {
    const arena = await newArena(65_536);
    const ping = CellWriter.create(arena, { label: 'ping', capacity: 64 });
    const pong = CellReader.create(arena, { label: 'pong', capacity: 64 });
    const words = arena.allocate('read-write', 256, 64);
    words.bytes().fill(0);
    const bare = words.words();
    const echoing = { ping: ping.peerDescriptor(), pong: pong.peerDescriptor(), words: words.descriptor };
    await ask({ do: 'spin', ...echoing });
    const descriptor = Uint32Array.of(1, 2, 3, 4);
    const back = new Uint32Array(4);
    const trips = 200;
    let count = 0;
    return alternate(
      500,
      {
        floor: () => {
          for (let trip = 0; trip < trips; trip += 1) {
            count = (count + 1) >>> 0;
            Atomics.store(bare, 0, count);
            while (Atomics.load(bare, 32) !== count);
          }
        },
        ours: () => {
          for (let trip = 0; trip < trips; trip += 1) {
            descriptor[3] = trip;
            ping.push(descriptor);
            while (!pong.pop(back));
          }
        },
      },
      (seconds) => (seconds * 1e6) / trips,
    );
  },
  'doorbell-vs-port': async () => {
    const arena = await newArena(65_536);
    const [ping, pong] = [allocateSignal(arena), allocateSignal(arena)];
    const [bell, raw] = [new MessageChannelMain(), new MessageChannelMain()];
    bell.port1.start();
    const to = new Signal(ping.region, doorbellSleeper(bell.port1));
    const from = new Signal(pong.region, doorbellSleeper(bell.port1));
    let arrived: (() => void) | undefined;
    raw.port1.on('message', () => arrived?.());
    raw.port1.start();
    await ask({ do: 'bell', ping: ping.descriptor, pong: pong.descriptor }, [bell.port2, raw.port2]);
    return alternate(
      300,
      {
        floor: async () => {
          const answer = new Promise<void>((resolve) => {
            arrived = resolve;
          });
          raw.port1.postMessage(0);
          await answer;
        },
        ours: async () => {
          const seen = from.count;
          to.notify();
          if (!(await from.wait(seen, { timeoutMs: 10_000, spinUs: 0 }))) throw new Error('no doorbell in 10 s');
        },
      },
      (seconds) => seconds * 1e6,
    );
  },
  handover: async () => {
    const large = { width: 3840, height: 2160 };
    const small = { width: 128, height: 128 };
    const arena = await newArena(large.width * large.height * 4);
    const { writer, taken } = await readFrames(arena, large.width * large.height * 4);
    const trips = 200;
    const handOver = (size: typeof large) => (): void => {
      for (let trip = 0; trip < trips; trip += 1) {
        writer.publish({ ...size, format: 'bgra8', timestampUs: 0 });
        spinUntil(taken, writer.sequence);
      }
    };
    return alternate(100, { floor: handOver(small), ours: handOver(large) }, (seconds) => (seconds * 1e6) / trips);
  },
  'ring-between-processes': async () => {
    const arena = await newArena(65_536);
    const reader = RecordReader.create(arena, { label: 'records', capacity: 1 << 16 });
    const ofElements = ElementReader.create(arena, 'uint32', { label: 'elements', capacity: 1 << 12 });
    await ask({ do: 'produce', ring: reader.peerDescriptor(), elements: ofElements.peerDescriptor() });
    const one = new Uint32Array(1);
    return alternate(
      200,
      {
        floor: () => {
          for (let taken = 0; taken < 1000; ) taken += ofElements.pop(one);
        },
        ours: () => {
          for (let taken = 0; taken < 1000; ) {
            if (reader.peek().state !== 'record') continue;
            reader.release();
            taken += 1;
          }
        },
      },
      (seconds) => 1000 / seconds,
    );
  },
};

async function main(): Promise<void> {
  const experiment = JSON.parse(process.argv.at(-1) ?? '') as Experiment;
  plugin = utilityProcess.fork(new URL('./plugin.js', import.meta.url).pathname, [], { stdio: 'inherit' });
  try {
    process.stdout.write(`${JSON.stringify(await experiments[experiment.name](experiment))}\n`);
  } finally {
    const { pid } = plugin;
    const ended = new Promise((resolve) => plugin.once('exit', resolve));
    if (pid !== undefined) process.kill(pid, 'SIGKILL'); // it spins and reacts to no other signal
    await ended;
    app.quit();
  }
}

app.disableHardwareAcceleration();
void app.whenReady().then(main);
