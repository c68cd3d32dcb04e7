export interface Resolvers<Value> {
  promise: Promise<Value>;
  resolve: (value: Value | PromiseLike<Value>) => void;
  reject: (reason: unknown) => void;
}

/** Replaces Promise.withResolvers, which Node 20 does not have. */
export function withResolvers<Value>(): Resolvers<Value> {
  let resolve: Resolvers<Value>['resolve'] | undefined;
  let reject: Resolvers<Value>['reject'] | undefined;
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  if (!resolve || !reject) throw new Error('a promise runs its executor at once');
  return { promise, resolve, reject };
}
