import type { ProcessList } from '@bulkhead/contracts';

export type EndSignal = 'SIGTERM' | 'SIGKILL';
export type EndResult = { ok: true } | { ok: false; reason: 'not-ours' | 'gone' | 'refused' };
export interface RuntimeVersions {
  bulkhead: string;
  electron: string;
  chromium: string;
  node: string;
}

/** What an internal page asks of the browser. */
export interface PageClient {
  runtime(): Promise<RuntimeVersions>;
  endProcess(pid: number, signal: EndSignal): Promise<EndResult>;
  activateTab(tab: number): Promise<boolean>;
  /** Calls back with every process, about once a second, for as long as the document lives. */
  watchProcesses(onList: (list: ProcessList) => void): void;
}
