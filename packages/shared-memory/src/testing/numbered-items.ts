import { randomNumbers } from './random.ts';

export type NumberedProducer = (number: number) => boolean;
export type NumberedConsumer = () => number | undefined;

/**
 * An item that says which it is and shows whether it is whole: its number, its length, and bytes that follow from both.
 * 8 to `maximumBytes` bytes, the same for the same number.
 */
export function numberedItem(number: number, maximumBytes: number): Uint8Array {
  const length = 8 + randomNumbers(number)(maximumBytes - 7);
  const item = new Uint8Array(length);
  const words = new DataView(item.buffer);
  words.setUint32(0, number);
  words.setUint32(4, length);
  for (let index = 8; index < length; index += 1) item[index] = number + index;
  return item;
}

/** The number of a cell of two words, the second of which shows whether it is whole. */
export function numberOfCell(cell: Uint32Array): number {
  const [number = 0, complement = 0] = cell;
  if (~number >>> 0 !== complement) throw new Error(`cell ${number} is torn: ${complement}`);
  return number;
}

/** The number of an item, which may be followed by zeros. Throws when it is not whole. */
export function numberOf(item: Uint8Array): number {
  const words = new DataView(item.buffer, item.byteOffset, item.byteLength);
  const number = words.getUint32(0);
  const length = words.getUint32(4);
  for (let index = 8; index < length; index += 1) {
    if (item[index] !== ((number + index) & 0xff))
      throw new Error(`item ${number} is torn at byte ${index} of ${length}`);
  }
  return number;
}
