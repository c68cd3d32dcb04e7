export { parametersOf, runsOn } from '@bulkhead/ipc-models/lab';
export { findLesson } from '@bulkhead/ipc-models/lessons';
export { lessonCode } from '@bulkhead/ipc-models/lessons/code';
export { LessonRun } from './lesson-run.ts';
