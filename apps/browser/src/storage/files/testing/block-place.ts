import { mkdirSync, rmSync } from 'node:fs';

/**
 * Lets nothing be written in the place of a file: root may write wherever files are only read-only, so folders stand
 * there and wherever they could be set aside. Returns how to take them away.
 */
export function blockPlace(file: string): () => void {
  const aside = Array.from({ length: 9 }, (_, index) => `${file}.unread${index === 0 ? '' : `-${index + 1}`}`);
  const folders = [file, ...aside];
  for (const folder of folders) mkdirSync(`${folder}/in the way`, { recursive: true });
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  };
}
