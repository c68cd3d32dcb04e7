import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { undocumented } from './undocumented.ts';

it('names what docstrings leave out, and nothing else', () => {
  const folder = temporaryFolder();
  writeFileSync(
    path.join(folder, 'index.d.ts'),
    `
    /** Adds. */
    export declare function add(a: number, b: number): number;
    /**
     * Adds.
     * @param a first
     * @param b second
     * @returns the sum
     */
    export declare function documented(a: number, b: number): number;
    export declare class Sum {
      private constructor();
      protected hidden(value: number): number;
      /** @param options how to add */
      reset({ to }: { to: number }): void;
      total(): number;
    }
    export declare class SumError extends Error {
      constructor(reason: string);
    }`,
  );
  expect(undocumented(folder)).toEqual([
    'index.d.ts: add: @param a, @param b, @returns',
    'index.d.ts: Sum: docstring',
    'index.d.ts: Sum.total: @returns',
    'index.d.ts: SumError: docstring',
  ]);
});
