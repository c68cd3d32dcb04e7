import type { CallDeclaration, PushDeclaration, Schema, StreamDeclaration } from './declarations.ts';
import { isHandle } from './handles.ts';

/** Calls `visit` once for a schema and each schema inside it, except inside callbacks and ports. */
function walk(
  schema: unknown,
  visit: (part: { kind: string; type: string; async: boolean }) => void,
  seen = new Set<object>(),
): void {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
  seen.add(schema);
  if ('kind' in schema && 'type' in schema && 'async' in schema) {
    visit({ kind: String(schema.kind), type: String(schema.type), async: Boolean(schema.async) });
  }
  if (isHandle(schema)) return;
  // A lazy schema hides its inner schema behind a getter. Recursion ends by `seen` if the getter returns the same
  // object.
  if ('type' in schema && schema.type === 'lazy' && 'getter' in schema && typeof schema.getter === 'function') {
    walk(schema.getter(undefined), visit, seen);
  }
  for (const key of ['entries', 'items', 'item', 'rest', 'options', 'wrapped', 'key', 'value', 'pipe'] as const) {
    const inner = (schema as Record<string, unknown>)[key];
    if (typeof inner !== 'object' || inner === null) continue;
    if ('kind' in inner) walk(inner, visit, seen);
    else for (const part of Object.values(inner)) walk(part, visit, seen);
  }
}

/** Returns whether a value of this schema can contain a callback or a port. */
export function carriesHandles(schema: Schema): boolean {
  const seen = new Set<object>();
  walk(schema, () => undefined, seen);
  return [...seen].some(isHandle);
}

const withoutBinary = new Set([
  ...['string', 'number', 'boolean', 'bigint', 'null', 'undefined', 'void', 'literal', 'picklist', 'enum', 'date'],
  ...['nullable', 'optional', 'nullish', 'exact_optional', 'undefinedable', 'non_nullable', 'non_optional'],
  ...['array', 'tuple', 'strict_tuple', 'object', 'strict_object', 'union', 'variant', 'intersect', 'record', 'lazy'],
]);

/** Returns whether a value of this schema may contain binary data, judged by the names of its schemas. */
export function carriesBinary(schema: Schema): boolean {
  let found = false;
  walk(schema, ({ kind, type }) => {
    if (kind === 'schema' && !withoutBinary.has(type)) found = true;
  });
  return found;
}

/** Throws if a schema cannot run on both sides of a port. */
export function checkSchemas(where: string, declaration: CallDeclaration | PushDeclaration | StreamDeclaration): void {
  const schemas: unknown[] = [...declaration.input];
  if (declaration.kind === 'call') schemas.push(declaration.output);
  if (declaration.kind === 'stream') schemas.push(declaration.item);
  for (const schema of schemas) {
    if (typeof schema !== 'object' || schema === null || !('~run' in schema)) {
      throw new Error(`contract ${where}: not a schema`);
    }
    const handles = isHandle(schema);
    walk(schema, ({ type, async }) => {
      if (async) throw new Error(`contract ${where}: an asynchronous schema cannot guard a port`);
      if (!handles && (type === 'transform' || type === 'raw_transform')) {
        throw new Error(`contract ${where}: schemas run on both sides of a port, so they must not transform`);
      }
    });
  }
}
