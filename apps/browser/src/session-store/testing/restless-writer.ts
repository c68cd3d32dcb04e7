import { SessionFiles } from '../session-files.ts';

// Run as a process of its own, to be killed: writes one state after the other into a folder, each somewhat longer or
// shorter than the one before, and tells its parent the number of each that is on the disk.

const files = new SessionFiles(process.argv[2] ?? '');
const found = files.read();
const before = Number(found.broken?.windows[0]?.tabs[0]?.entries[0]?.title ?? 0);
for (let number = before + 1; ; number++) {
  const entries = [{ address: `about:blank?${'x'.repeat((number * 7919) % 60_000)}`, title: String(number) }];
  const window = { activeTab: 0, tabs: [{ pinned: false, activeEntry: 0, entries }] };
  await files.write({ clean: false, body: JSON.stringify({ windows: [window] }) });
  process.send?.(number);
}
