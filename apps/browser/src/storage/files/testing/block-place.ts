import { mkdirSync, rmSync } from 'node:fs';

/**
 * Makes writing a file impossible by creating folders at its path and at each path where it could be set aside.
 * Read-only permissions would not stop root. Returns a function that removes the folders.
 */
export function blockPlace(file: string): () => void {
  const aside = Array.from({ length: 9 }, (_, index) => `${file}.unread${index === 0 ? '' : `-${index + 1}`}`);
  const folders = [file, ...aside];
  for (const folder of folders) mkdirSync(`${folder}/in the way`, { recursive: true });
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  };
}
