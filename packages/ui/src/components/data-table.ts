export interface Column<Id extends string> {
  id: Id;
  label: string;
  /** Explains the column where its label is too short to. */
  hint?: string;
  align?: 'start' | 'end';
  /** What the first press of its header sorts by; a column without it cannot be sorted. */
  sortFirst?: 'ascending' | 'descending';
}

export interface Sort<Id extends string> {
  column: Id;
  direction: 'ascending' | 'descending';
}

/** What a press of a column's header makes of the order: one direction, the other, and back to the natural order. */
export function nextSort<Id extends string>(sort: Sort<Id> | null, column: Column<Id>): Sort<Id> | null {
  if (!column.sortFirst) return sort;
  if (sort?.column !== column.id) return { column: column.id, direction: column.sortFirst };
  if (sort.direction !== column.sortFirst) return null;
  return { column: column.id, direction: column.sortFirst === 'ascending' ? 'descending' : 'ascending' };
}
