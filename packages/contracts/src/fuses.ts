import * as v from 'valibot';
import { bounded } from './primitives.ts';

/** What is switched on or off for good in the runtime's executable. */
export const fuses = v.array(v.strictObject({ name: bounded(64), isOn: v.boolean() }));
export type Fuses = v.InferOutput<typeof fuses>;
