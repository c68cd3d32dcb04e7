import type { TransferablePort } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { ServerScriptName } from './server-scripts.ts';

/** One kind of port under test. The tests run in the calling process. */
export interface Transport {
  /**
   * Opens a new channel. Resolves with this side's end; the other side's process runs the script on the other end.
   * @param script that the other side runs
   * @returns this side's end
   */
  open(script: ServerScriptName): Promise<Endpoint>;
  /**
   * Makes a channel with both ends here, to send one of them away. Undefined if the process cannot make channels.
   * @returns both ends: one to keep, one to send away
   */
  channel?(): { kept: Endpoint; sent: TransferablePort };
  /** False for a channel that neither side can close while both processes live. */
  closes: boolean;
  /** False if the channel carries no ports from this side. */
  carriesPorts: boolean;
}

/** One test of the transport suite. */
export interface TransportTest {
  /** Name of the test, which says what a port does. */
  name: string;
  needs?: 'channel' | 'close';
  /**
   * Runs the test.
   * @param transport under test
   * @throws if the port does not do what the name says
   */
  run(transport: Transport): Promise<void>;
}

export function applies({ needs }: TransportTest, transport: Omit<Transport, 'open'>): boolean {
  if (needs === 'channel') return transport.channel !== undefined && transport.carriesPorts;
  if (needs === 'close') return transport.closes;
  return true;
}
