import { isPort, OutgoingCallback } from '../contract/handles.ts';
import { BadMessageError, LimitError } from '../errors.ts';

/**
 * Callbacks and ports cannot be cloned. A null in the body marks their place, and a separate list says which handle
 * belongs where, so that no value from a page can pose as a handle.
 */
type Path = readonly (string | number)[];
export type Handle = readonly [kind: 'port' | 'callback', which: number, path: Path];

export interface Encoded {
  body: unknown;
  handles: readonly Handle[];
  ports: readonly unknown[];
}

const maxDepth = 64;
/** Most handles in one message. A hostile list may claim any length. */
const mostHandles = 1000;

/** Takes callbacks and ports out of a value. `exportCallback` returns the number of a callback. */
export function extractHandles(value: unknown, exportCallback: (callback: OutgoingCallback) => number): Encoded {
  const handles: Handle[] = [];
  const ports: unknown[] = [];
  const copy = (part: unknown, path: Path): unknown => {
    if (typeof part !== 'object' || part === null || path.length > maxDepth) return part;
    if (part instanceof OutgoingCallback) {
      handles.push(['callback', exportCallback(part), path]);
      return null;
    }
    if (isPort(part)) {
      handles.push(['port', ports.push(part) - 1, path]);
      return null;
    }
    if (Array.isArray(part)) return part.map((item, index) => copy(item, [...path, index]));
    if (Object.getPrototypeOf(part) !== Object.prototype) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, copy(item, [...path, key])]));
  };
  const body = copy(value, []);
  if (handles.length > mostHandles) throw new LimitError(`more than ${mostHandles} callbacks and ports in one message`);
  return { body, handles, ports };
}

/**
 * Puts callbacks and ports back. Throws BadMessageError if a place does not exist, or a port is named not exactly once.
 */
export function insertHandles(
  body: unknown,
  handles: unknown,
  ports: readonly unknown[],
  importCallback: (which: number) => unknown,
): unknown {
  if (!Array.isArray(handles) || handles.length > mostHandles) {
    throw new BadMessageError('not a list of handles');
  }
  const root = { body };
  const unused = new Set(ports.keys());
  for (const handle of handles as unknown[]) {
    if (!Array.isArray(handle) || handle.length !== 3 || !Array.isArray(handle[2])) {
      throw new BadMessageError('not a handle');
    }
    const [kind, which, path] = handle as [unknown, unknown, unknown[]];
    if (kind === 'port' && typeof which === 'number' && unused.delete(which)) {
      place(root, path, ports[which]);
    } else if (kind === 'callback' && Number.isSafeInteger(which)) {
      place(root, path, importCallback(which as number));
    } else throw new BadMessageError('a handle of an unknown port or callback');
  }
  if (unused.size > 0) throw new BadMessageError('an unexpected port');
  return root.body;
}

/** Puts a value at a path of own properties, where a null marks its place. */
function place(root: { body: unknown }, path: readonly unknown[], value: unknown): void {
  if (path.length > maxDepth) throw new BadMessageError('a handle nested too deep');
  let parent: Record<string | number, unknown> = root;
  let key: string | number = 'body';
  for (const step of path) {
    const next = parent[key];
    if (typeof next !== 'object' || next === null) throw new BadMessageError('a handle with an invalid place');
    if ((typeof step !== 'string' && typeof step !== 'number') || step === '__proto__' || !Object.hasOwn(next, step)) {
      throw new BadMessageError('a handle with an invalid place');
    }
    parent = next as Record<string | number, unknown>;
    key = step;
  }
  if (parent[key] !== null) throw new BadMessageError('a handle in an occupied place');
  parent[key] = value;
}

/** Returns the numbers of the callbacks in a list of handles. Ignores invalid parts. */
export function callbacksIn(handles: unknown): number[] {
  if (!Array.isArray(handles) || handles.length > mostHandles) return [];
  return handles.flatMap((handle: unknown) => {
    const [kind, which] = Array.isArray(handle) ? (handle as unknown[]) : [];
    return kind === 'callback' && Number.isSafeInteger(which) ? [which as number] : [];
  });
}

/** Closes ports that no code will take, so that their other ends learn it. */
export function closePorts(ports: readonly unknown[]): void {
  for (const port of ports) if (isPort(port)) port.close();
}
