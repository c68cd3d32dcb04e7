export { type Confinement, confine } from './confine.ts';
export { endWithParent } from './end-with-parent.ts';
export type { ConfinementNeed } from './needs.ts';
export type { Trial } from './proof.ts';
