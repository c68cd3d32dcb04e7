import type { Arena } from '../segment/arena.ts';
import { checkCount, checkLabel, checkWhole } from '../segment/arguments.ts';
import { type FrameBufferDescriptor, maximumBytes, pixelAlignment, wordAlignment } from '../segment/descriptors.ts';
import type { Region } from '../segment/region.ts';
import { controlBytes, type Slot, slotCount } from './frame-layout.ts';

/** Size of a new frame buffer. */
export interface FrameBufferOptions {
  /** Name in reports and errors. */
  readonly label: string;
  /** Size of the largest frame: stride times height. Three times this is allocated. */
  readonly maximumFrameBytes: number;
  /** The first frame gets the next number. Default: 0. Tests start just below the wrap-around of a word. */
  readonly sequence?: number;
}

/** Facts about a frame buffer that both sides get from its creator. They are never read back from shared memory. */
export interface FrameBuffer {
  readonly label: string;
  readonly arena: Arena;
  readonly control: Region;
  readonly pixels: Region;
  readonly slotBytes: number;
}

/** The slot that each role holds at first. */
export const initialSlots = { writer: 0, middle: 1, reader: 2 } as const satisfies Record<string, Slot>;

/** Allocates and initialises a buffer. Throws ArenaFullError and leaves nothing allocated then. */
export function allocateFrameBuffer(arena: Arena, options: FrameBufferOptions, peer: 'writer' | 'reader'): FrameBuffer {
  checkLabel(options.label, 'the label');
  checkWhole(options.maximumFrameBytes, 0, maximumBytes / slotCount, 'the largest frame’s bytes');
  checkWhole(options.sequence ?? 0, 0, Number.MAX_SAFE_INTEGER, 'the sequence to start at');
  const slotBytes = Math.max(1, Math.ceil(options.maximumFrameBytes / pixelAlignment)) * pixelAlignment;
  const control = arena.allocate('read-write', controlBytes, wordAlignment);
  try {
    const access = peer === 'reader' ? 'read-only' : 'read-write';
    const pixels = arena.allocate(access, slotCount * slotBytes, pixelAlignment);
    const words = control.words();
    words.fill(0);
    Atomics.store(words, 0, initialSlots.middle);
    return { label: options.label, arena, control, pixels, slotBytes };
  } catch (error) {
    arena.free(control);
    throw error;
  }
}

/** Finds a buffer that the arena's owner has allocated. Throws AttachError if it is not in `arena`. */
export function findFrameBuffer(arena: Arena, descriptor: FrameBufferDescriptor): FrameBuffer {
  checkWhole(descriptor.sequence, 0, Number.MAX_SAFE_INTEGER, 'the sequence of a descriptor');
  checkCount(descriptor.generation, 0xffff_ffff, 'the generation of a descriptor');
  checkCount(descriptor.slot, slotCount - 1, 'the slot of a descriptor');
  const control = arena.region(descriptor.control);
  const pixels = arena.region(descriptor.pixels);
  if (control.byteLength !== controlBytes || pixels.byteLength !== slotCount * descriptor.slotBytes) {
    throw new RangeError(`frame buffer "${descriptor.label}": its regions do not have the sizes of its layout`);
  }
  return { label: descriptor.label, arena, control, pixels, slotBytes: descriptor.slotBytes };
}

/** Returns one view of `slotBytes` for the pixels of each slot. */
export function slotViews({ pixels, slotBytes }: FrameBuffer): readonly Uint8Array<SharedArrayBuffer>[] {
  return Array.from({ length: slotCount }, (_, slot) => pixels.bytes(slot * slotBytes, slotBytes));
}

export function describeFrameBuffer(
  { label, control, pixels, slotBytes }: FrameBuffer,
  role: 'writer' | 'reader',
  at: { generation: number; slot: Slot; sequence: number },
): FrameBufferDescriptor {
  const regions = { control: control.descriptor, pixels: pixels.descriptor };
  return { kind: 'frame-buffer', label, role, ...regions, slotBytes, ...at };
}
