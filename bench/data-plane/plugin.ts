/** The plugin side of the data plane's measurements. */
import {
  Arena,
  type ArenaDescriptor,
  CellReader,
  CellWriter,
  doorbellSleeper,
  ElementWriter,
  type FrameBufferDescriptor,
  FrameReader,
  RecordWriter,
  type RegionDescriptor,
  type RingDescriptor,
  Signal,
} from '@bulkhead/shared-memory';
import type { MessagePortMain } from 'electron';

type Message = Record<string, unknown> & { readonly do: string };

let arena: Arena;

/** Runs a command. The answer is sent when it returns. The returned function runs after that, and may spin forever. */
type Command = (message: Message, ports: readonly MessagePortMain[]) => (() => void) | undefined;

const commands: Record<string, Command> = {
  attach: (message) => {
    arena = Arena.attach(message.arena as ArenaDescriptor);
    return undefined;
  },
  /** Reads sixteen evenly spaced bytes of every frame, in place. */
  read: ({ buffer, taken }) => {
    const reader = FrameReader.attach(arena, buffer as FrameBufferDescriptor);
    const [said] = [arena.region(taken as RegionDescriptor).words()];
    let sum = 0;
    return () => {
      for (;;) {
        const latest = reader.latest();
        if (latest.state === 'corrupt') throw new Error(latest.fault.detail);
        if (latest.state === 'unchanged') continue;
        const { pixels, sequence } = latest.frame;
        const step = pixels.length >>> 4;
        for (let place = 0; place < pixels.length; place += step) sum = (sum + pixels[place]!) >>> 0;
        said[1] = sum;
        Atomics.store(said, 0, sequence);
      }
    };
  },
  swallow: (_message, [port]) => {
    port!.on('message', () => port!.postMessage(0));
    port!.start();
    return undefined;
  },
  /** Sends back descriptors and the bare word, whichever comes. */
  spin: ({ ping, pong, words }) => {
    const from = CellReader.attach(arena, ping as RingDescriptor);
    const to = CellWriter.attach(arena, pong as RingDescriptor);
    const bare = arena.region(words as RegionDescriptor).words();
    const descriptor = new Uint32Array(4);
    return () => {
      for (let mode = 0; ; mode ^= 1) {
        // Serve one for as long as it is active, then the other: checking both each time would slow both down.
        for (let idle = 0; idle < 1000; idle += 1) {
          if (mode === 0) {
            if (!from.pop(descriptor)) continue;
            to.push(descriptor);
          } else {
            const count = Atomics.load(bare, 0);
            if (count === Atomics.load(bare, 32)) continue;
            Atomics.store(bare, 32, count);
          }
          idle = 0;
        }
      }
    };
  },
  bell: ({ ping, pong }, [bell, raw]) => {
    bell!.start();
    const from = new Signal(arena.region(ping as RegionDescriptor), doorbellSleeper(bell!));
    const to = new Signal(arena.region(pong as RegionDescriptor), doorbellSleeper(bell!));
    raw!.on('message', () => raw!.postMessage(0));
    raw!.start();
    return async () => {
      for (let seen = 0; ; seen += 1) {
        while (!(await from.wait(seen, { timeoutMs: 10_000, spinUs: 0 })));
        to.notify();
      }
    };
  },
  /** Produces elements of one word and records of 32 bytes without end, wherever there is room. */
  produce: ({ ring, elements }) => {
    const records = RecordWriter.attach(arena, ring as RingDescriptor);
    const words = ElementWriter.attach(arena, elements as RingDescriptor) as ElementWriter<'uint32'>;
    const one = Uint32Array.of(7);
    return () => {
      for (let made = 0; ; made += 1) {
        while (words.push(one) === 1);
        for (;;) {
          const claim = records.claim(32);
          if (claim.state !== 'claimed') break;
          claim.payload[0] = made;
          records.publish();
        }
      }
    };
  },
};

process.parentPort.on('message', ({ data, ports }) => {
  const message = data as Message;
  const then = commands[message.do]?.(message, ports);
  process.parentPort.postMessage('done');
  if (then) setTimeout(then, 50); // after the answer was sent
});
