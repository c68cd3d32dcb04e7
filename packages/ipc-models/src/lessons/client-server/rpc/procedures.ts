/** The procedures. The server and the client (locally) run the same code. */
export const square = (value: number): number => value * value;

/** Changes its argument. */
export function double(list: number[]): number {
  for (const [index, value] of list.entries()) list[index] = 2 * value;
  return list.reduce((sum, value) => sum + value, 0);
}

/** Handlers that every server of the contract `library` shares. */
export const procedures = { square, double };
