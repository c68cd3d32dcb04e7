import type { EventEmitter } from 'node:events';

interface Gate {
  /** Whether an event is passed on at all; without it, every event is. */
  hears?: (name: string | symbol, args: readonly unknown[]) => boolean;
  /** Hears of every event first, with its arguments. */
  onEvent?: (name: string | symbol, args: readonly unknown[]) => void;
  /** What a listener has thrown. The other listeners of the event run all the same. */
  onFault: (error: unknown) => void;
}

/**
 * Takes every event of an emitter through a gate. The runtime calls `emit` of the object itself, so all listeners are
 * covered, whoever added them: none of them can end the program by throwing. What a page asks for by an event is refused
 * where the event is not heard, or a listener fails: the runtime grants it otherwise, and crashes when it grants a new
 * window that nobody has prepared.
 */
export function guardEvents(emitter: EventEmitter, { hears, onEvent, onFault }: Gate): void {
  emitter.emit = (name: string | symbol, ...args: unknown[]): boolean => {
    if (hears?.(name, args) === false) {
      refuse(args);
      return false;
    }
    onEvent?.(name, args);
    const listeners = emitter.rawListeners(name);
    for (const listener of listeners) {
      try {
        Reflect.apply(listener, emitter, args);
      } catch (error) {
        refuse(args);
        onFault(error);
      }
    }
    return listeners.length > 0;
  };
}

function refuse([event]: readonly unknown[]): void {
  if (typeof event !== 'object' || event === null || !('preventDefault' in event)) return;
  if (typeof event.preventDefault === 'function') event.preventDefault();
}
