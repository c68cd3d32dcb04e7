/**
 * Who wants to close something a second time, while the question about it stands, is not asked any more: but only so
 * long after the question has come, and after the wish before, ms. A double click, and Ctrl+W for the next tab, come
 * sooner, and would lose what the question is about.
 */
export const deliberateMs = 1000;
