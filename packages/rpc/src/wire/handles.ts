import { isPort, OutgoingCallback } from '../contract/handles.ts';
import { BadMessageError, LimitError } from '../errors.ts';

/**
 * Callbacks and ports cannot be cloned. In the body a null keeps their place; beside it goes a list that says what
 * belongs where, so that no value of a page can pass for one.
 */
type Path = readonly (string | number)[];
export type Handle = readonly [kind: 'port' | 'callback', which: number, path: Path];

export interface Encoded {
  body: unknown;
  handles: readonly Handle[];
  ports: readonly unknown[];
}

const maxDepth = 64;
/** In one message. A list may say that it is longer than any memory. */
const mostHandles = 1000;

/** Takes callbacks and ports out of a value. `exportCallback` gives a callback the number that it is known by. */
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

/** Puts them back. Throws BadMessageError when a place does not exist, or a port is named twice or not at all. */
export function insertHandles(
  body: unknown,
  handles: unknown,
  ports: readonly unknown[],
  importCallback: (which: number) => unknown,
): unknown {
  if (!Array.isArray(handles) || handles.length > mostHandles) {
    throw new BadMessageError('a list of handles that is none');
  }
  const root = { body };
  const unused = new Set(ports.keys());
  for (const handle of handles as unknown[]) {
    if (!Array.isArray(handle) || handle.length !== 3 || !Array.isArray(handle[2])) {
      throw new BadMessageError('a handle that is no handle');
    }
    const [kind, which, path] = handle as [unknown, unknown, unknown[]];
    if (kind === 'port' && typeof which === 'number' && unused.delete(which)) {
      place(root, path, ports[which]);
    } else if (kind === 'callback' && Number.isSafeInteger(which)) {
      place(root, path, importCallback(which as number));
    } else throw new BadMessageError('a handle to nothing');
  }
  if (unused.size > 0) throw new BadMessageError('a port where none belongs');
  return root.body;
}

/** Own places only, and only where a null keeps them. */
function place(root: { body: unknown }, path: readonly unknown[], value: unknown): void {
  if (path.length > maxDepth) throw new BadMessageError('a handle nested too deep');
  let parent: Record<string | number, unknown> = root;
  let key: string | number = 'body';
  for (const step of path) {
    const next = parent[key];
    if (typeof next !== 'object' || next === null) throw new BadMessageError('a handle in no place');
    if ((typeof step !== 'string' && typeof step !== 'number') || step === '__proto__' || !Object.hasOwn(next, step)) {
      throw new BadMessageError('a handle in no place');
    }
    parent = next as Record<string | number, unknown>;
    key = step;
  }
  if (parent[key] !== null) throw new BadMessageError('a handle in a place that is taken');
  parent[key] = value;
}

/** The numbers of the callbacks in a list of handles, as far as it is one. */
export function callbacksIn(handles: unknown): number[] {
  if (!Array.isArray(handles) || handles.length > mostHandles) return [];
  return handles.flatMap((handle: unknown) => {
    const [kind, which] = Array.isArray(handle) ? (handle as unknown[]) : [];
    return kind === 'callback' && Number.isSafeInteger(which) ? [which as number] : [];
  });
}

/** Ports that nobody will take: closed, so that their other ends learn it. */
export function closePorts(ports: readonly unknown[]): void {
  for (const port of ports) if (isPort(port)) port.close();
}
