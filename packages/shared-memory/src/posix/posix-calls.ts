/** For the lessons: the textbook's calls by their names, and memory to map with them that JavaScript can access. */
export { newName } from '../segment/backing.ts';
export * from './posix.ts';
export { RawMapping } from './raw-mapping.ts';
