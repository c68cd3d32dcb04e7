import * as v from 'valibot';

/** The web server's question to its database, and the database's answer. */
export const query = v.strictObject({ id: v.number(), key: v.string() });
export const reply = v.strictObject({ id: v.number(), value: v.string() });
export type Query = v.InferOutput<typeof query>;
