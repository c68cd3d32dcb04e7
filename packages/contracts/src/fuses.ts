import * as v from 'valibot';
import { bounded } from './primitives.ts';

/** Electron's fuses: features that are permanently on or off in its executable. */
export const fuses = v.array(v.strictObject({ name: bounded(64), isOn: v.boolean() }));
export type Fuses = v.InferOutput<typeof fuses>;
