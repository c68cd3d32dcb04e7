/** Attaches a segment and does to it what it is told. */
import type { SegmentDescriptor } from '../../descriptors.ts';
import * as posix from '../../posix.ts';
import { Segment } from '../../segment.ts';
import type { Message } from '../peer-process.ts';

let segment: Segment | undefined;

const commands: Record<string, (message: Message) => unknown> = {
  attach: ({ descriptor }) => {
    segment = Segment.attach(descriptor as SegmentDescriptor);
    return segment.access;
  },
  read: ({ at }) => new Uint8Array(segment!.buffer)[at as number],
  write: ({ at, value }) => {
    new Uint8Array(segment!.buffer)[at as number] = value as number;
  },
  detach: () => segment!.detach(),
  /** What a hostile peer would try: make the object smaller under its users' feet. */
  shrink: ({ descriptor }) => {
    const target = descriptor as SegmentDescriptor;
    const path = target.backend === 'named' ? `/dev/shm${target.name}` : `/proc/${target.pid}/fd/${target.fd}`;
    posix.ftruncate(posix.open(path, posix.O_RDWR), 0);
  },
  /** Or: map for writing what it may only read. */
  mapWritable: ({ descriptor }) => {
    const target = descriptor as SegmentDescriptor & { backend: 'sealed' };
    const fd = posix.open(`/proc/${target.pid}/fd/${target.fd}`, posix.O_RDWR);
    posix.mmap(0, target.bytes, posix.PROT_READ | posix.PROT_WRITE, posix.MAP_SHARED, fd);
  },
  /** Or: map for reading, and turn that into writing. */
  protectWritable: ({ descriptor }) => {
    const target = descriptor as SegmentDescriptor & { backend: 'sealed' };
    const fd = posix.open(`/proc/${target.pid}/fd/${target.fd}`, posix.O_RDWR);
    const address = posix.mmap(0, target.bytes, posix.PROT_READ, posix.MAP_SHARED, fd);
    posix.mprotect(address, target.bytes, posix.PROT_READ | posix.PROT_WRITE);
  },
};

process.on('message', (message: Message) => {
  try {
    process.send?.({ result: commands[message.do as string]?.(message) });
  } catch (error) {
    const { name, message: text, code } = error as Error & { code?: string };
    process.send?.({ error: name, text, code });
  }
});
process.send?.({ ready: true });
