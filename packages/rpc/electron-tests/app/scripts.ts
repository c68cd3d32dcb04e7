import { benchScripts } from './bench-scripts.ts';
import { faultScripts } from './fault-scripts.ts';
import { leakScripts } from './leak-scripts.ts';
import type { Script } from './process.ts';
import { suiteScripts } from './suite-scripts.ts';

/** Every script, by name: the same list in every process. */
export const scripts: Readonly<Record<string, Script>> = {
  ...benchScripts,
  ...faultScripts,
  ...leakScripts,
  ...suiteScripts,
};
