import type { Callbacks } from './calls/callbacks.ts';
import { BadMessageError } from './errors.ts';
import { decode, encode } from './link/codec.ts';
import type { Link } from './link/link.ts';
import type { Method } from './link/methods.ts';
import { Frame } from './wire/frames.ts';

/** One sender for each push of one direction. */
export function pushSenders<Senders>(link: Link, callbacks: Callbacks, pushes: ReadonlyMap<string, Method>): Senders {
  const senders: Record<string, (...args: unknown[]) => void> = {};
  for (const [name, method] of pushes) {
    senders[name] = (...args) => {
      if (link.ended) return;
      const { body, handles, ports, bytes } = encode(method.input, args, callbacks);
      link.send(handles.length > 0 ? [Frame.Push, name, body, handles] : [Frame.Push, name, body], ports);
      link.sent('push', name, link.counters.methods[method.index], bytes);
    };
  }
  // Made from the same declarations that the type is derived from.
  return Object.freeze(senders) as Senders;
}

/** Takes pushes of one direction. `deliver` says whether anyone listened. */
export function pushReceiver(
  link: Link,
  callbacks: Callbacks,
  pushes: ReadonlyMap<string, Method>,
  deliver: (method: Method, args: unknown[]) => boolean,
): void {
  link.on(Frame.Push, (ports, name, args, handles) => {
    const method = pushes.get(name as string);
    if (!method) throw new BadMessageError('a push of no known name');
    const { value, bytes } = decode(method.input, args, handles, ports, callbacks);
    link.received('push', method.name, link.counters.methods[method.index], bytes);
    if (!deliver(method, value as unknown[])) link.counters.unheardPushes += 1;
  });
}
