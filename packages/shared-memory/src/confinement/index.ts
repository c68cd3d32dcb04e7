export { type Confinement, confine, type LockDown, lockDown } from './confine.ts';
export { endOnRejection } from './end-on-rejection.ts';
export { endWithParent } from './end-with-parent.ts';
export type { ConfinementNeed } from './needs.ts';
export type { Trial } from './proof.ts';
export { openEvent, waitForAny } from './readiness.ts';
export { RefusedCalls } from './refused-calls.ts';
export { mayTakeDescriptors, takeListener } from './take-descriptor.ts';
