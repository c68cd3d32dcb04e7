/** Characters that cost as much as an event itself, and from where on they cost twice as much, and more. */
const charactersEach = 2000;
const charactersThatDouble = 500_000;
/** Entries of a list that are looked at; a longer one costs for its length. */
const mostEntries = 64;

/**
 * Events behind which there is more than one costs. A navigation of a frame takes some 2 ms of the browser's thread, and
 * the browser keeps some 130 KiB of it until the page has committed it: then most of that is given back.
 */
const costOfEvent: ReadonlyMap<string | symbol, number> = new Map([
  ['did-start-navigation', 24],
  ['did-frame-navigate', -20],
]);

/** No single event costs more: a pause of some twenty seconds. What memory it takes is charged as growth. */
export const mostCost = 10_000;

/** What an event of a page costs the browser: for itself one, or what it is known to cost, and more for what it carries. */
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

/** Chromium keeps several copies of a long address for each entry of a history: megabytes cost more than their share. */
const textCost = (length: number) => (length / charactersEach) * (1 + length / charactersThatDouble);
