/** A place in the strip, as far as the order needs to know. */
interface Ordered {
  readonly id: number;
  readonly pinned: boolean;
}

export const pinnedCount = (tabs: readonly Ordered[]): number => tabs.filter(({ pinned }) => pinned).length;

/** Sorts pinned tabs to the front. The order is otherwise unchanged. */
export const pinnedFirst = <Tab extends Ordered>(tabs: readonly Tab[]): Tab[] =>
  [...tabs].sort((one, other) => Number(other.pinned) - Number(one.pinned));

/**
 * Returns the index of a new tab: behind the tab that opens it and the tabs that this one opened before, but not among
 * pinned tabs. Without an opener, the end.
 * @param openerOf returns the tab that opened a tab
 */
export function indexBehind<Tab extends Ordered>(
  tabs: readonly Tab[],
  opener: Tab | undefined,
  openerOf: (tab: Tab) => Tab | undefined,
): number {
  if (!opener) return tabs.length;
  let index = tabs.indexOf(opener) + 1;
  for (let next = tabs[index]; next && openerOf(next) === opener; next = tabs[index]) index++;
  return Math.max(index, pinnedCount(tabs));
}

/**
 * Returns the tab that is shown in place of a closed one: the next to the right that may be, or else to the left.
 * @param index where the closed tab was
 * @param held tabs that only the user may show
 */
export const shownAfter = <Tab extends Ordered>(
  tabs: readonly Tab[],
  index: number,
  held: ReadonlySet<number>,
): Tab | undefined => [...tabs.slice(index), ...tabs.slice(0, index).reverse()].find(({ id }) => !held.has(id));
