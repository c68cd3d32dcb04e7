import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let gc: (() => void) | undefined;

/** Collects garbage, and gives finalizers time to run. Node and Electron's Node processes only. */
export async function collect(): Promise<void> {
  if (!gc) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  for (let turn = 0; turn < 5; turn++) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Returns the bytes of the heap in use after a full garbage collection. */
export async function heapInUse(): Promise<number> {
  await collect();
  return process.memoryUsage().heapUsed;
}
