const maxDepth = 64;

/**
 * Replaces partial views of a buffer by views of their own buffers, because a clone includes the whole buffer, and a
 * pooled buffer may have megabytes. Copies only the parents of such views, so in most values nothing. Views of shared
 * memory stay as they are, because no port clones them.
 */
export function compact(value: unknown, depth = maxDepth): unknown {
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  if (ArrayBuffer.isView(value)) return compactView(value);
  if (Array.isArray(value)) return compactArray(value, depth - 1);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return compactObject(value, depth - 1);
  return value;
}

function compactView(view: ArrayBufferView): ArrayBufferView {
  const { buffer, byteOffset, byteLength } = view;
  if (!(buffer instanceof ArrayBuffer) || byteLength === buffer.byteLength) return view;
  const own = buffer.slice(byteOffset, byteOffset + byteLength);
  if (view instanceof DataView) return new DataView(own);
  // Node's Buffer would use its pool again. A Buffer arrives as a Uint8Array anyway.
  if (view instanceof Uint8Array) return new Uint8Array(own);
  return new (view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView)(own);
}

function compactArray(value: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of value.entries()) {
    const own = compact(item, depth);
    if (own === item) continue;
    copy ??= [...value];
    copy[index] = own;
  }
  return copy ?? value;
}

function compactObject(value: object, depth: number): object {
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const own = compact(item, depth);
    if (own === item) continue;
    copy ??= { ...value };
    copy[key] = own;
  }
  return copy ?? value;
}
