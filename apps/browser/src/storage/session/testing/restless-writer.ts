import type { SessionRecord } from '../generation.ts';
import type { SessionFile } from '../session-file.ts';
import { SessionFiles } from '../session-files.ts';
import { writeWhole } from './sessions.ts';

// Runs as a process to be killed. It writes one state of a tab after the other, of varying length, sometimes as a
// change and sometimes as a new generation. It sends its parent the number of each state that is on the disk.

const files = new SessionFiles(process.argv[2] ?? '');
const found = files.read();
const before = Number(found.unclean?.windows[0]?.tabs[0]?.entries[0]?.title ?? 0);
let file: SessionFile | undefined;
for (let number = before + 1; ; number++) {
  const entries = [{ address: `about:blank?${'x'.repeat((number * 7919) % 60_000)}`, title: String(number) }];
  const record: SessionRecord = { tabs: [[1, { pinned: false, activeEntry: 0, entries }]], order: [1] };
  if (file && number % 3 !== 0) await file.append(record);
  else {
    const old: SessionFile | undefined = file;
    file = await writeWhole(files, record);
    await old?.close();
  }
  process.send?.(number);
}
