/** The plugin side of the tests that run in Electron. */

import { FrameReader } from '../../frames/frame-reader.ts';
import { FrameWriter } from '../../frames/frame-writer.ts';
import * as posix from '../../posix/posix.ts';
import { RecordWriter } from '../../rings/record-writer.ts';
import { Arena } from '../../segment/arena.ts';
import type {
  ArenaDescriptor,
  FrameBufferDescriptor,
  RegionDescriptor,
  RingDescriptor,
  SegmentDescriptor,
} from '../../segment/descriptors.ts';
import { doorbellSleeper, futexSleeper, Signal } from '../../waiting/waiting.ts';
import { firstTear, paint } from '../pattern.ts';

type Message = Record<string, unknown> & { readonly do: string };

let arena: Arena;

const refusal = (attempt: () => unknown): unknown => {
  try {
    return { allowed: attempt() };
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

const commands: Record<string, (message: Message, ports: readonly Electron.MessagePortMain[]) => unknown> = {
  attach: (message) => {
    arena = Arena.attach(message.arena as ArenaDescriptor);
    return 'attached';
  },
  look: ({ buffer }) => {
    const latest = FrameReader.attach(arena, buffer as FrameBufferDescriptor).latest();
    if (latest.state !== 'new') return latest.state;
    return { sequence: latest.frame.sequence, tear: firstTear(latest.frame.pixels, latest.frame.sequence) ?? 'none' };
  },
  paint: ({ buffer }) => {
    const writer = FrameWriter.attach(arena, buffer as FrameBufferDescriptor);
    const edge = Math.sqrt(writer.maximumFrameBytes / 4);
    const frame = (): void => {
      const { pixels, sequence } = writer.borrow();
      paint(pixels, sequence);
      writer.publish({ width: edge, height: edge, format: 'bgra8' });
      setImmediate(frame);
    };
    frame();
    return 'painting';
  },
  attack: (message) =>
    (message.arena as ArenaDescriptor).segments.map((segment) => {
      const { pid, fd, bytes } = segment as SegmentDescriptor & { backend: 'sealed' };
      const object = posix.open(`/proc/${pid}/fd/${fd}`, posix.O_RDWR);
      const writable = posix.PROT_READ | posix.PROT_WRITE;
      const answers = {
        access: segment.access,
        shrink: refusal(() => posix.ftruncate(object, 0)),
        grow: refusal(() => posix.ftruncate(object, bytes * 2)),
        write: refusal(() => posix.munmap(posix.mmap(0, bytes, writable, posix.MAP_SHARED, object), bytes)),
      };
      posix.close(object);
      return answers;
    }),
  scribble: ({ buffer }) => {
    const { pixels } = buffer as FrameBufferDescriptor;
    arena.region(pixels).bytes()[0] = 1;
    return 'written';
  },
  noise: ({ buffer }) => {
    arena
      .region((buffer as FrameBufferDescriptor).control)
      .words()
      .fill(0xdead_beef);
    return 'noisy';
  },
  echo: async ({ ping, pong }, [port]) => {
    const wait = new Signal(arena.region(ping as RegionDescriptor), (words) => {
      const { sleep } = futexSleeper(words);
      return { sleep, wake: () => undefined };
    });
    const answer = new Signal(arena.region(pong as RegionDescriptor), doorbellSleeper(port!));
    for (let round = 0; round < 20; round += 1) {
      while (!(await wait.wait(round, { timeoutMs: 1000 })));
      answer.notify();
    }
    return 'echoed';
  },
  records: async ({ ring, count }) => {
    const writer = RecordWriter.attach(arena, ring as RingDescriptor);
    const produce = async (): Promise<void> => {
      for (let record = 0; record < Number(count); ) {
        const { state } = writer.write(new Uint8Array((record * 37) % 1000).fill(record));
        if (state === 'written') record += 1;
        else await new Promise((resolve) => setImmediate(resolve));
      }
    };
    void produce();
    return 'producing';
  },
};

process.parentPort.on('message', async ({ data, ports }) => {
  const message = data as Message;
  process.parentPort.postMessage(await commands[message.do]?.(message, ports));
});
