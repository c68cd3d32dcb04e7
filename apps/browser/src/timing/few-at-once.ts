/** Each item may need a descriptor. A process has few of them, and a machine may have thousands of processes. */
const atOnce = 8;

/** Does the work for every item, a few at a time. The results are in the order of the items. */
export async function fewAtOnce<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const all = [...items];
  const results: Result[] = [];
  for (let index = 0; index < all.length; index += atOnce)
    results.push(...(await Promise.all(all.slice(index, index + atOnce).map(work))));
  return results;
}
