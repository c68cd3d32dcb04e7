/** Attaches a segment and runs commands on it. */

import * as posix from '../../posix/posix.ts';
import type { SegmentDescriptor } from '../../segment/descriptors.ts';
import { Segment } from '../../segment/segment.ts';
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
  /** Attack: makes the object smaller while others use it. */
  shrink: ({ descriptor }) => {
    const target = descriptor as SegmentDescriptor;
    const path = target.backend === 'named' ? `/dev/shm${target.name}` : `/proc/${target.pid}/fd/${target.fd}`;
    posix.ftruncate(posix.open(path, posix.O_RDWR), 0);
  },
  /** Attack: maps a read-only object for writing. */
  mapWritable: ({ descriptor }) => {
    const target = descriptor as SegmentDescriptor & { backend: 'sealed' };
    const fd = posix.open(`/proc/${target.pid}/fd/${target.fd}`, posix.O_RDWR);
    posix.mmap(0, target.bytes, posix.PROT_READ | posix.PROT_WRITE, posix.MAP_SHARED, fd);
  },
  /** Attack: maps an object for reading, and then makes the mapping writable. */
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
