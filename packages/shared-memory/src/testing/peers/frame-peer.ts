/** Writes or reads frames as fast as it can, until it is killed. */

import { FrameReader } from '../../frames/frame-reader.ts';
import { FrameWriter } from '../../frames/frame-writer.ts';
import { Arena } from '../../segment/arena.ts';
import type { ArenaDescriptor, FrameBufferDescriptor } from '../../segment/descriptors.ts';
import { firstTear, paint } from '../pattern.ts';
import type { Message } from '../peer-process.ts';

export const edge = 64;

process.on('message', ({ arena, buffer }: Message) => {
  const attached = Arena.attach(arena as ArenaDescriptor);
  const descriptor = buffer as FrameBufferDescriptor;
  if (descriptor.role === 'writer') write(FrameWriter.attach(attached, descriptor));
  else read(FrameReader.attach(attached, descriptor));
});

function write(writer: FrameWriter): void {
  process.send?.({ attached: true });
  for (;;) {
    const { pixels, sequence } = writer.borrow();
    paint(pixels, sequence);
    const result = writer.publish({ width: edge, height: edge, format: 'bgra8' });
    if (result.state === 'corrupt') throw new Error(result.fault.detail);
  }
}

function read(reader: FrameReader): void {
  process.send?.({ attached: true });
  for (;;) {
    const latest = reader.latest();
    if (latest.state === 'corrupt') throw new Error(latest.fault.detail);
    if (latest.state === 'unchanged') continue;
    const tear = firstTear(latest.frame.pixels, latest.frame.sequence);
    if (tear !== undefined) throw new Error(`frame ${latest.frame.sequence} is torn at word ${tear}`);
  }
}

process.send?.({ ready: true });
