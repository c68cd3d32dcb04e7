/**
 * Closing something a second time answers the question about it. It counts only when the question and the first attempt
 * are this old, ms. A double click, or Ctrl+W for the next tab, comes sooner and would lose work.
 */
export const deliberateMs = 1000;
