import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');

/** The parts that a translation does not change. */
interface Kept {
  /** Depth of each heading, in order. */
  readonly headings: readonly number[];
  /** Lines of code, without what a comment says. */
  readonly code: readonly string[];
  /** Paths, commands and addresses in backquotes; a translation may put them into another order. */
  readonly quoted: readonly string[];
  readonly links: readonly string[];
  readonly listed: number;
}

function keptIn(text: string): Kept {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const prose = text.replace(/^```.*?^```$/gms, '');
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, marks = '']) => marks.length),
    code: blocks.flatMap((block) => block.split('\n')).map((line) => line.replace(/\s+(#|\/\/) .*$/, '')),
    quoted: [...prose.matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted).sort(),
    links: [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^README/.test(link)),
    listed: [...prose.matchAll(/^(\d+\.|-) /gm)].length,
  };
}

test('the Korean README has the headings, the commands and the paths of the English one', () => {
  const english = keptIn(read('README.md'));
  expect(english.code.length).toBeGreaterThan(15);
  expect(keptIn(read('README.ko.md'))).toEqual(english);
});

test('each README leads to the other', () => {
  expect(read('README.md')).toContain('](README.ko.md)');
  expect(read('README.ko.md')).toContain('](README.md)');
});

test('finds a command that was changed, and a heading that is missing', () => {
  const text = '# A\n\n`x`\n\n```sh\nnpm start # opens\n```\n';
  expect(keptIn(text.replace('opens', '엽니다'))).toEqual(keptIn(text));
  expect(keptIn(text.replace('npm start', 'npm run start'))).not.toEqual(keptIn(text));
  expect(keptIn(text.replace('# A', ''))).not.toEqual(keptIn(text));
});
