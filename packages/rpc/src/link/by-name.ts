/** Returns an object with one property for each declared method, frozen so that no other can be added. */
export function byName<Method, Result>(
  methods: ReadonlyMap<string, Method>,
  make: (method: Method) => unknown,
): Result {
  // Result is derived from the same declarations as the methods.
  return Object.freeze(Object.fromEntries(Array.from(methods, ([name, method]) => [name, make(method)]))) as Result;
}
