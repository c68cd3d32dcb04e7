/** Channel of `leaving`. It stands alone, so that the preload of every tab need not evaluate schemas for it. */
export const leavingChannel = 'bulkhead-leaving';
