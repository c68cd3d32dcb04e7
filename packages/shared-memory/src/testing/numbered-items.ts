import { randomNumbers } from './random.ts';

export type NumberedProducer = (number: number) => boolean;
export type NumberedConsumer = () => number | undefined;

/**
 * Returns an item that shows its number and whether it is complete: number, length, and bytes that follow from both. It
 * has 8 to `maximumBytes` bytes, and is the same for the same number.
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

/** Returns the number in a cell of two words. Throws if the second word shows that the cell is torn. */
export function numberOfCell(cell: Uint32Array): number {
  const [number = 0, complement = 0] = cell;
  if (~number >>> 0 !== complement) throw new Error(`cell ${number} is torn: ${complement}`);
  return number;
}

/** Returns the number of an item, which zeros may follow. Throws if the item is torn. */
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
