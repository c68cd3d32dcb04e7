/** The procedures themselves: what the server runs is what the client runs locally. */
export const square = (value: number): number => value * value;

/** Changes its argument, as a procedure may. */
export function double(list: number[]): number {
  for (const [index, value] of list.entries()) list[index] = 2 * value;
  return list.reduce((sum, value) => sum + value, 0);
}

/** What every server of the contract `library` has, whatever it is that it looks up in. */
export const procedures = { square, double };
