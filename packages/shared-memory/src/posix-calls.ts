/** What the lessons call by the textbook's names, and memory that JavaScript sees to map with it. */
export { newName } from './backing.ts';
export * from './posix.ts';
export { RawMapping } from './raw-mapping.ts';
