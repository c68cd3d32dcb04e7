import { lessonCode } from '@bulkhead/ipc-models/lessons/code';
import { endWithParent } from '@bulkhead/shared-memory/confinement';
import { serveLessonProcess } from './serve-lesson-process.ts';

// What a lesson's process runs: arguments are the lesson, the role that it plays, the name that it has there and the
// browser's PID. Its port comes in the first message; whatever it does, it ends with the browser.

const [, , lesson = '', role = '', name = '', browserPid] = process.argv;
endWithParent(Number(browserPid));

const load = lessonCode[lesson]?.roles[role];
if (!load) throw new Error(`lesson host: there is no role ${role} in a lesson ${lesson}`);
const { program } = await load();

process.parentPort.once('message', ({ ports: [port] }) => {
  if (port) serveLessonProcess(port, name, program);
});
