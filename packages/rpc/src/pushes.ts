import type { Callbacks } from './calls/callbacks.ts';
import { BadMessageError } from './errors.ts';
import { decode, encode } from './link/codec.ts';
import type { Link } from './link/link.ts';
import type { Method } from './link/methods.ts';
import { Kind } from './wire/messages.ts';

/** Sends one push. False if it was not sent: the connection has ended, or the peer leaves too much unread. */
export function sendPush(link: Link, callbacks: Callbacks, method: Method, args: unknown[]): boolean {
  const { meter } = link;
  const { body, handles, ports, bytes } = encode(method.input, args, callbacks);
  if (link.ended) return false;
  if (link.isClogged) {
    meter.counters.droppedPushes += 1;
    return false;
  }
  link.send(handles.length > 0 ? [Kind.Push, method.name, body, handles] : [Kind.Push, method.name, body], ports);
  link.sent('push', method.name, meter.counters.methods[method.index], bytes, body);
  return true;
}

/** Receives pushes of one direction. `deliver` returns whether there was a listener. */
export function receivePushes(
  link: Link,
  callbacks: Callbacks,
  pushes: ReadonlyMap<string, Method>,
  deliver: (method: Method, args: unknown[]) => boolean,
): void {
  const { meter } = link;
  link.on(Kind.Push, (ports, name, args, handles) => {
    const method = pushes.get(name as string);
    if (!method) throw new BadMessageError('an unknown push');
    const { value, bytes } = decode(method.input, args, handles, ports, callbacks);
    meter.received('push', method.name, meter.counters.methods[method.index], bytes, args);
    if (!deliver(method, value as unknown[])) meter.counters.unheardPushes += 1;
  });
}
