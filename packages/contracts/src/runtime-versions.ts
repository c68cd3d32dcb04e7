import * as v from 'valibot';
import { bounded } from './primitives.ts';

export const runtimeVersions = v.strictObject({
  bulkhead: bounded(32),
  electron: bounded(32),
  chromium: bounded(32),
  node: bounded(32),
});
export type RuntimeVersions = v.InferOutput<typeof runtimeVersions>;
