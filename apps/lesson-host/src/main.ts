import { lessonCode } from '@bulkhead/ipc-models/lessons/code';
import { endOnRejection, endWithParent } from '@bulkhead/shared-memory/confinement';
import { serveLessonProcess } from './serve-lesson-process.ts';

// Entry point of a lesson's process. Arguments: the lesson, the process's role and name in it, and the browser's PID.
// The first message carries its port. The process ends with the browser, even if it hangs.

const [, , lesson = '', role = '', name = '', browserPid] = process.argv;
endWithParent(Number(browserPid));
endOnRejection();

const load = lessonCode[lesson]?.roles[role];
if (!load) throw new Error(`lesson host: lesson ${lesson} has no role ${role}`);
const { program } = await load();

process.parentPort.once('message', ({ ports: [port] }) => {
  if (port) serveLessonProcess(port, name, program);
});
