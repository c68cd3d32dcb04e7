import type { TransferablePort } from '../../src/contract.ts';
import type { Endpoint } from '../../src/endpoint.ts';

/** A port of the process's own kind without rpc, for floors and for hostile peers. */
export interface RawPort {
  post(message: unknown, ports?: readonly unknown[]): void;
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  start(): void;
  close(): void;
}

/** Parts of a process that its scripts may use. */
export interface Process {
  kind: 'browser' | 'renderer' | 'utility';
  endpoint(port: unknown): Endpoint;
  raw(port: unknown): RawPort;
  /** Opens a new port whose other end runs a script in the server process of a leg. */
  open(leg: string, script: string): Promise<Endpoint>;
  /** Makes a channel with both ends in this process. Utility processes cannot make channels. */
  channel?(): { kept: Endpoint; sent: TransferablePort };
  /** Dies at once, without notice to any peer. */
  die(): void;
  /** Returns the bytes of the heap in use after a full garbage collection. */
  heapInUse?(): Promise<number>;
  /** Calls `ipcRenderer.invoke` or an equivalent. */
  invoke?(value: unknown): Promise<unknown>;
}

/** One side of a test: runs in one process, with one or more ports, and resolves with its findings. */
export type Script = (process: Process, ports: readonly unknown[], argument: unknown) => unknown;

/** Instruction to an agent; `Outcome` is the answer. */
export interface Order {
  order: number;
  script: string;
  argument: unknown;
}
export type Outcome = { order: number } & ({ result: unknown } | { error: string });

/** Request to the browser process for a port to the server of a leg. */
export interface OpenRequest {
  open: number;
  leg: string;
  script: string;
}
