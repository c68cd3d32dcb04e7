import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// V8 needs twice the memory for a script with one letter beyond Latin-1, and every page's process has this script.
test('the preload has no letter beyond Latin-1: words come from the browser', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts'));
  expect(files).toContain('sad-frames.ts');
  const beyond = files.filter((file) =>
    [...readFileSync(path.join(import.meta.dirname, file), 'utf8')].some((letter) => letter > '\u00ff'),
  );
  expect(beyond).toEqual([]);
});
