import { checkArray } from './arguments.ts';
import { capabilities } from './capabilities.ts';
import type { Rectangle } from './frame-layout.ts';
import { type Libc, libc } from './libc.ts';

/** From here on the C library's copy is worth its call. Measured: about 1 us a call, and twice the engine's speed. */
const nativeFromBytes = 16_384;

let bound: Libc['memmove'] | undefined;

/**
 * Copies all of `source` to the beginning of `target`, at the machine's full speed. The engine's own `set` copies word
 * by word when either is shared memory, since another thread might look, and is half as fast; here nobody may: the
 * slot is the writer's or the reader's alone. Throws RangeError when `source` is longer.
 */
export function copyPixels(target: Uint8Array, source: Uint8Array): void {
  checkArray(target, Uint8Array, 'the target of a copy');
  checkArray(source, Uint8Array, 'the source of a copy');
  const bytes = source.byteLength;
  if (bytes < nativeFromBytes || !capabilities().sharedMemory) {
    target.set(source);
    return;
  }
  if (bytes > target.byteLength) throw new RangeError(`${bytes} bytes do not fit into ${target.byteLength}`);
  bound ??= libc().memmove;
  bound(target, source, bytes);
}

/** Copies a rectangle, given in bytes across and lines down, between pictures of the same stride. */
export function copyRectangle(
  target: Uint8Array,
  source: Uint8Array,
  strideBytes: number,
  bytesPerPixel: number,
  { x, y, width, height }: Rectangle,
): void {
  const lineBytes = width * bytesPerPixel;
  if (lineBytes === strideBytes) {
    const [from, to] = [y * strideBytes, (y + height) * strideBytes];
    copyPixels(target.subarray(from, to), source.subarray(from, to));
    return;
  }
  for (let line = y; line < y + height; line += 1) {
    const from = line * strideBytes + x * bytesPerPixel;
    copyPixels(target.subarray(from, from + lineBytes), source.subarray(from, from + lineBytes));
  }
}
