import type { TransferablePort } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { ServerScriptName } from './server-scripts.ts';

/** Where a transport's tests run: in the process that calls. */
export interface Transport {
  /** A fresh channel: resolves with this side's end, while the other side's process runs a script on its own. */
  open(script: ServerScriptName): Promise<Endpoint>;
  /** A channel whose both ends are here, to send one of them away. Absent where a process can make none. */
  channel?(): { kept: Endpoint; sent: TransferablePort };
  /** False for the one channel kind that no side can close while both processes live. */
  closes: boolean;
  /** False for a channel that carries no ports from this side. */
  carriesPorts: boolean;
}

export interface TransportTest {
  /** A sentence: what a port does. */
  name: string;
  needs?: 'channel' | 'close';
  run(transport: Transport): Promise<void>;
}

export function applies({ needs }: TransportTest, transport: Omit<Transport, 'open'>): boolean {
  if (needs === 'channel') return transport.channel !== undefined && transport.carriesPorts;
  if (needs === 'close') return transport.closes;
  return true;
}
