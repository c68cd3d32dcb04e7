const nodeBytes = 8;
const maxDepth = 64;

/** Approximate size of a structured clone, bytes: exact for binary, 1 per character, 8 per node. */
export type Size = number;

/** Result for a value that is larger than the limit, or nested deeper than 64. */
export const tooLarge = -1;

/**
 * Estimates a message's size. The walk stops at the limit, and every step adds to the size, so its cost is bounded,
 * even for cycles and shared parts.
 * @param value to be sent
 * @param limit bytes
 * @returns estimated bytes, or `tooLarge`
 */
export function sizeOf(value: unknown, limit: number): Size {
  const size = add(value, limit, maxDepth);
  return size > limit ? tooLarge : size;
}

/** Returns the size of a value. Stops soon after the size exceeds `budget`. */
function add(value: unknown, budget: number, depth: number): number {
  switch (typeof value) {
    case 'string':
      return nodeBytes + value.length;
    case 'object':
      return value === null ? nodeBytes : depth === 0 ? Number.POSITIVE_INFINITY : addObject(value, budget, depth - 1);
    case 'bigint':
      return nodeBytes + (value.toString(16).length >> 1);
    default:
      return nodeBytes;
  }
}

function addObject(value: object, budget: number, depth: number): number {
  let size = nodeBytes;
  if (Array.isArray(value)) {
    // A sparse array costs its full length, here and for every reader.
    if (value.length * nodeBytes > budget) return Number.POSITIVE_INFINITY;
    for (let index = 0; index < value.length && size <= budget; index++)
      size += add(value[index], budget - size, depth);
    return size;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return addEntries(value, budget, depth);
  return addExotic(value, budget, depth);
}

function addEntries(value: object, budget: number, depth: number): number {
  let size = nodeBytes;
  for (const key in value) {
    size += key.length + add((value as Record<string, unknown>)[key], budget - size, depth);
    if (size > budget) break;
  }
  return size;
}

function addExotic(value: object, budget: number, depth: number): number {
  // A view is cloned with the whole buffer behind it.
  if (ArrayBuffer.isView(value)) return nodeBytes + value.buffer.byteLength;
  if (value instanceof ArrayBuffer) return nodeBytes + value.byteLength;
  let size = nodeBytes;
  if (value instanceof Map) {
    for (const [key, item] of value) {
      size += add(key, budget - size, depth);
      if (size > budget) return size;
      size += add(item, budget - size, depth);
      if (size > budget) return size;
    }
    return size;
  }
  if (value instanceof Set) {
    for (const item of value) {
      size += add(item, budget - size, depth);
      if (size > budget) return size;
    }
    return size;
  }
  if (value instanceof Error) return size + value.message.length + (value.stack?.length ?? 0);
  if (value instanceof RegExp) return size + value.source.length;
  return addEntries(value, budget, depth);
}
