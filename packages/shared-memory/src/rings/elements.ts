import { type Elements, type ElementType, elementArrays } from './ring-layout.ts';

export type ElementArray<Type extends ElementType> = new (
  buffer: SharedArrayBuffer,
  byteOffset: number,
  length: number,
) => Elements<Type>;

/** Returns the constructor of the typed array. */
export function elementArray<Type extends ElementType>(type: Type): ElementArray<Type> {
  return elementArrays[type] as unknown as ElementArray<Type>;
}

/** Returns a typed array of the ring's element type over its data. */
export function elementsOver<Type extends ElementType>(
  type: Type,
  data: Uint8Array<SharedArrayBuffer>,
): Elements<Type> {
  const length = data.byteLength / elementArrays[type].BYTES_PER_ELEMENT;
  return new (elementArray(type))(data.buffer, data.byteOffset, length);
}

/** Number of elements up to which a loop is faster than a block copy with its two views. Measured on V8 13 and 14. */
const loopLimit = 48;

/** Copies `count` elements between arrays of one type. */
export function copyElements<Type extends ElementType>(
  from: Elements<Type>,
  fromIndex: number,
  to: Elements<Type>,
  toIndex: number,
  count: number,
): void {
  if (count > loopLimit) {
    (to as Uint8Array).set(from.subarray(fromIndex, fromIndex + count) as Uint8Array, toIndex);
    return;
  }
  for (let index = 0; index < count; index += 1) to[toIndex + index] = from[fromIndex + index]!;
}
