import type { PortReport } from '@bulkhead/contracts';
import type { Sort } from '@bulkhead/ui/data-table';
import { bytesOf, errorsOf, inFlightOf, messagesOf, type PortRates } from './port-rates.ts';

export type PortColumn =
  | 'contract'
  | 'peer'
  | 'pid'
  | 'answers'
  | 'messageRate'
  | 'byteRate'
  | 'messages'
  | 'bytes'
  | 'inFlight'
  | 'errors'
  | 'dropped';

export interface PortRow {
  port: PortReport;
  rates: PortRates | undefined;
}

const keyOf: Record<PortColumn, (row: PortRow) => string | number> = {
  contract: ({ port }) => port.contract,
  peer: ({ port }) => port.peer.name,
  pid: ({ port }) => port.peer.pid ?? 0,
  answers: ({ port }) => Number(port.peer.responsive),
  messageRate: ({ rates }) => rates?.messagesPerSecond ?? -1,
  byteRate: ({ rates }) => rates?.bytesPerSecond ?? -1,
  messages: ({ port }) => messagesOf(port),
  bytes: ({ port }) => bytesOf(port),
  inFlight: ({ port }) => inFlightOf(port),
  errors: ({ port }) => errorsOf(port),
  dropped: ({ port }) => port.droppedPushes,
};

/** Sorts by one column; ports with equal values keep their order. */
export function sortedPorts(rows: readonly PortRow[], { column, direction }: Sort<PortColumn>): PortRow[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf[column](one), keyOf[column](other)];
    return (
      sign *
      (typeof a === 'number' && typeof b === 'number' ? a - b : `${a}`.localeCompare(`${b}`, 'en', { numeric: true }))
    );
  });
}

/** Returns whether every word of the filter is in one of the texts. */
export function matches(filter: string, ...texts: readonly (string | number | null)[]): boolean {
  const text = texts.join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
