import type { ProcessEntry } from '@bulkhead/contracts';
import { openConnections } from '@bulkhead/rpc';
import { buffers } from '@bulkhead/shared-memory';
import type { Stage } from '../../../lab/index.ts';

/** Most rows in a table of the app's processes. */
const mostRows = 100;

/** Returns true for a process that must survive. Chromium starts and ends others itself, such as a spare renderer. */
const missed = (process: ProcessEntry) =>
  kinds.has(process.type) && (process.type !== 'tab' || process.tabs.length > 0);
const kinds: ReadonlySet<ProcessEntry['type']> = new Set(['browser', 'shell', 'tab', 'plugin']);

/** Shows the app's processes, and returns the PIDs of those that must survive. */
export async function showProgram(stage: Stage): Promise<number[]> {
  const processes = await stage.programProcesses();
  stage.figure('processes', {
    kind: 'table',
    columns: ['column.pid', 'column.type', 'column.title', 'column.seccomp', 'column.pss'],
    rows: processes.slice(0, mostRows).map(({ pid, type, title, seccomp, pssKiB }) => [
      String(pid), // as text, because it is not a quantity
      `type.${type}`,
      title.slice(0, 80),
      seccomp ?? '',
      pssKiB ?? '',
    ]),
  });
  stage.figure('ports', {
    kind: 'table',
    columns: ['column.contract', 'column.peer', 'column.pid', 'column.messages', 'column.bytes'],
    rows: openConnections()
      .slice(0, mostRows)
      .map(({ contract, peer, counters: { sent, received } }) => [
        contract,
        peer.name.slice(0, 80),
        String(peer.pid ?? ''),
        sent.messages + received.messages,
        sent.bytes + received.bytes,
      ]),
  });
  stage.figure('buffers', {
    kind: 'table',
    columns: ['column.buffer', 'column.writer', 'column.reader', 'column.bytes', 'column.published'],
    rows: buffers()
      .slice(0, mostRows)
      .map(({ label, writer, reader, bytes, sequence }) => [
        label.slice(0, 80),
        String(writer.pid),
        String(reader.pid),
        bytes,
        sequence.published,
      ]),
  });
  return processes.filter(missed).map(({ pid }) => pid);
}
