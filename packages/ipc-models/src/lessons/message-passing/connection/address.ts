import * as v from 'valibot';

export const socketAddress = v.union([
  v.object({ path: v.string() }),
  v.object({ host: v.string(), port: v.pipe(v.number(), v.integer()) }),
]);

/** The server's address, and the file with its PID, by which the two find each other. */
export const meeting = v.object({ address: socketAddress, pidFile: v.string() });
