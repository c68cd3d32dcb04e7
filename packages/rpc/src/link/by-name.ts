/** An object with one property for each declared method. Frozen, so that nothing is added that was not declared. */
export function byName<Method, Result>(
  methods: ReadonlyMap<string, Method>,
  make: (method: Method) => unknown,
): Result {
  // Result is derived from the same declarations that the methods come from.
  return Object.freeze(Object.fromEntries(Array.from(methods, ([name, method]) => [name, make(method)]))) as Result;
}
