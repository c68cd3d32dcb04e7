/** What `npm run -s where` prints: the executable to start, and the application to start with it. */
export interface Where {
  electron: string;
  app: string;
  version: string;
  source: 'env' | 'release' | 'registry';
}

/** Set by `npm run bench` and `npm test`. Throws without it. */
export function where(): Where {
  const text = process.env.BULKHEAD_WHERE;
  if (!text) throw new Error('BULKHEAD_WHERE is not set: start this by `npm run bench`');
  return JSON.parse(text) as Where;
}
