import * as v from 'valibot';

/** What the web server asks its database, and what that answers. */
export const query = v.strictObject({ id: v.number(), key: v.string() });
export const reply = v.strictObject({ id: v.number(), value: v.string() });
export type Query = v.InferOutput<typeof query>;
