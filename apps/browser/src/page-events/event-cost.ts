/** Number of characters that cost as much as one event, and the number at which each character costs twice as much. */
const charactersEach = 2000;
const charactersThatDouble = 500_000;
/** Number of entries of a list that are examined. A longer list is charged by its length. */
const mostEntries = 64;

/**
 * Events that cost more than one. A frame's navigation takes about 2 ms of the browser's thread, and the browser keeps
 * about 130 KiB for it until the page has committed. Then most of the cost is returned.
 */
const costOfEvent: ReadonlyMap<string | symbol, number> = new Map([
  ['did-start-navigation', 24],
  ['did-frame-navigate', -20],
]);

/**
 * Maximum cost of one event, which is a pause of about twenty seconds. The memory that it takes is charged as growth.
 */
export const mostCost = 10_000;

/** Returns what an event of a page costs the browser: its known cost or one, plus the cost of its arguments. */
export function eventCost(name: string | symbol, args: readonly unknown[]): number {
  let cost = costOfEvent.get(name) ?? 1;
  for (const arg of args) {
    if (typeof arg === 'string') cost += textCost(arg.length);
    else if (Array.isArray(arg)) cost += listCost(arg);
  }
  return Math.min(cost, mostCost);
}

function listCost(list: readonly unknown[]): number {
  let characters = 0;
  for (const entry of list.slice(0, mostEntries)) characters += typeof entry === 'string' ? entry.length : 0;
  const share = list.length > mostEntries ? list.length / mostEntries : 1;
  return list.length / mostEntries + textCost(share * characters);
}

/** Chromium keeps several copies of a long address for each history entry, so megabytes cost more than their share. */
const textCost = (length: number) => (length / charactersEach) * (1 + length / charactersThatDouble);
