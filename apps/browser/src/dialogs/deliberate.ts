/**
 * A second wish to close something is the answer to the question about it. It counts only when the question, and the wish
 * before, are this old, ms: a double click, or Ctrl+W for the next tab, comes sooner and would lose work.
 */
export const deliberateMs = 1000;
