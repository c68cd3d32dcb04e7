import type { TransferablePort } from '../../src/contract.ts';
import type { Endpoint } from '../../src/endpoint.ts';

/** A port of this process's own kind, without rpc: for floors and for hostile peers. */
export interface RawPort {
  post(message: unknown, ports?: readonly unknown[]): void;
  onMessage(listener: (message: unknown, ports: readonly unknown[]) => void): void;
  start(): void;
  close(): void;
}

/** What a script may use of the process that it runs in. */
export interface Process {
  kind: 'browser' | 'renderer' | 'utility';
  endpoint(port: unknown): Endpoint;
  raw(port: unknown): RawPort;
  /** A fresh port whose other end is in the server process of a leg and runs a script there. */
  open(leg: string, script: string): Promise<Endpoint>;
  /** A channel whose both ends are here. Utility processes can make none. */
  channel?(): { kept: Endpoint; sent: TransferablePort };
  /** Dies at once, without a word to anyone. */
  die(): void;
  /** Bytes of the heap in use after everything that can be collected has been. */
  heapInUse?(): Promise<number>;
  /** `ipcRenderer.invoke` and its like. */
  invoke?(value: unknown): Promise<unknown>;
}

/** One side of a test: runs in one process, with one or more ports, and resolves with what it found. */
export type Script = (process: Process, ports: readonly unknown[], argument: unknown) => unknown;

/** What an agent is told, and what it answers. */
export interface Order {
  order: number;
  script: string;
  argument: unknown;
}
export type Outcome = { order: number } & ({ result: unknown } | { error: string });

/** What a process asks of the browser process: a port to the server of a leg. */
export interface OpenRequest {
  open: number;
  leg: string;
  script: string;
}
