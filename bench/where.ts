/** Output of `npm run -s where`: the executable to start, and the application to start with it. */
export interface Where {
  electron: string;
  app: string;
  version: string;
  source: 'env' | 'release' | 'registry';
}

/** Returns the value that `npm run bench` and `npm test` set. Throws if it is missing. */
export function where(): Where {
  const text = process.env.BULKHEAD_WHERE;
  if (!text) throw new Error('BULKHEAD_WHERE is not set: start this by `npm run bench`');
  return JSON.parse(text) as Where;
}
