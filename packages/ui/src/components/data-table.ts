export interface Column<Id extends string> {
  id: Id;
  label: string;
  /** Tooltip that explains the column if its label is too short. */
  hint?: string;
  align?: 'start' | 'end';
  /** Direction after the first click on the header; a column without it cannot be sorted. */
  sortFirst?: 'ascending' | 'descending';
}

export interface Sort<Id extends string> {
  column: Id;
  direction: 'ascending' | 'descending';
}

/** Returns the order after a click on a column's header: one direction, then the other, then the natural order. */
export function nextSort<Id extends string>(sort: Sort<Id> | null, column: Column<Id>): Sort<Id> | null {
  if (!column.sortFirst) return sort;
  if (sort?.column !== column.id) return { column: column.id, direction: column.sortFirst };
  if (sort.direction !== column.sortFirst) return null;
  return { column: column.id, direction: column.sortFirst === 'ascending' ? 'descending' : 'ascending' };
}
