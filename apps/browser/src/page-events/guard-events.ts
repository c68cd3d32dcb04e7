import type { EventEmitter } from 'node:events';

interface Gate {
  /** Says whether an event is passed on. Without it, every event is. */
  hears?: (name: string | symbol, args: readonly unknown[]) => boolean;
  /** Called first for every event, with its arguments. */
  onEvent?: (name: string | symbol, args: readonly unknown[]) => void;
  /** Called with what a listener has thrown. The other listeners of the event still run. */
  onFault: (error: unknown) => void;
}

/**
 * Passes every event of an emitter through a gate. Electron calls `emit` of the object itself, so all listeners are
 * covered, and none of them can end the browser by throwing. If an event is not heard, or a listener fails, the page's
 * request is refused: otherwise Electron would grant it, and would crash when it grants a new window that was not
 * prepared.
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
