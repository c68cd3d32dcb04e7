/** Channel of `leaving`. It has its own file, so that the preload of every tab need not evaluate schemas. */
export const leavingChannel = 'bulkhead-leaving';
