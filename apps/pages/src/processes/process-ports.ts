import type { PortList, PortReport } from '@bulkhead/contracts';

/** A port as one of its two processes sees it. */
export interface OwnPort {
  port: PortReport;
  /** Name of the process at the other end. */
  other: string;
}

/** Returns the ports that have an end in a process, the busiest first. */
export function portsOf(pid: number, { ports }: PortList): OwnPort[] {
  return ports
    .flatMap((port): OwnPort[] => {
      if (port.peer.pid === pid) return [{ port, other: port.seenBy.name }];
      return port.seenBy.pid === pid ? [{ port, other: port.peer.name }] : [];
    })
    .toSorted((one, next) => total(next.port) - total(one.port));
}

const total = ({ sent, received }: PortReport) => sent.messages + received.messages;
