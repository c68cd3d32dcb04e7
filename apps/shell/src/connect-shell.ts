import { shellHost } from '@bulkhead/contracts';
import { connect, messagePortEndpoint } from '@bulkhead/rpc';
import { receivePort } from '@bulkhead/ui';
import type { ShellState } from './shell-state.svelte.ts';

/** Feeds the shell from the browser's port while this document lives. */
export async function connectShell(shell: ShellState): Promise<void> {
  const host = connect(shellHost, messagePortEndpoint(await receivePort()), { heartbeat: false });
  shell.connect(host);
  await Promise.all([
    follow(host.stream.windowState(), (change) => shell.showWindow(change)),
    follow(host.stream.downloads(), (list) => shell.showDownloads(list)),
  ]);
}

async function follow<Item>(stream: AsyncIterable<Item>, show: (item: Item) => void): Promise<void> {
  for await (const item of stream) show(item);
}
