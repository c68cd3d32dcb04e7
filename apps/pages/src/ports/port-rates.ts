import type { PortList, PortReport } from '@bulkhead/contracts';

export interface PortRates {
  messagesPerSecond: number;
  bytesPerSecond: number;
}

/** Messages in both directions together. */
export const messagesOf = ({ received, sent }: PortReport) => received.messages + sent.messages;
export const bytesOf = ({ received, sent }: PortReport) => received.bytes + sent.bytes;
export const inFlightOf = ({ methods }: PortReport) => methods.reduce((sum, { inFlight }) => sum + inFlight, 0);
/** Number of failed calls, and of messages that the contract does not allow. */
export const errorsOf = ({ methods, badMessages }: PortReport) =>
  methods.reduce((sum, { errors }) => sum + errors, badMessages);

/** Returns the rates of each port between two reports, by the port's key. A new port has none yet. */
export function ratesBetween(before: PortList | null, now: PortList): Map<string, PortRates> {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  if (seconds <= 0) return new Map();
  const earlier = new Map(before?.ports.map((port) => [port.key, port]));
  return new Map(
    now.ports.flatMap((port) => {
      const then = earlier.get(port.key);
      // A new port may reuse the key of a closed one. Its count is lower then.
      if (!then || messagesOf(port) < messagesOf(then)) return [];
      const messagesPerSecond = (messagesOf(port) - messagesOf(then)) / seconds;
      return [[port.key, { messagesPerSecond, bytesPerSecond: (bytesOf(port) - bytesOf(then)) / seconds }]] as const;
    }),
  );
}
