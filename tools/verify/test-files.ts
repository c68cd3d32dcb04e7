import { statSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { callerPath, checkout } from '../checkout.ts';

/** Test files by runner, relative to the checkout. */
export interface TestFiles {
  /** Tests for Vitest that need only Node. */
  readonly unit: readonly string[];
  /** Tests for Vitest that start the app or Electron. */
  readonly integration: readonly string[];
  /** Tests for Playwright. */
  readonly endToEnd: readonly string[];
}

/**
 * Sorts the files that the user named by a path from the caller's folder or from the checkout.
 * @throws SetupFailure for a name that is not a test file
 */
export function sortTestFiles(names: readonly string[]): TestFiles {
  const files = names.map(find);
  const isEndToEnd = (file: string) => file.endsWith('.e2e.ts');
  const isIntegration = (file: string) => file.endsWith('.integration.test.ts');
  return {
    unit: files.filter((file) => !isEndToEnd(file) && !isIntegration(file)),
    integration: files.filter(isIntegration),
    endToEnd: files.filter(isEndToEnd),
  };
}

function find(name: string): string {
  const places = [callerPath(name), path.resolve(checkout, name)];
  const file = places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
  const within = file && path.relative(checkout, file);
  if (!within || within.startsWith('..') || !/\.(test|e2e)\.ts$/.test(within)) {
    throw new SetupFailure(
      `${name} is not a test file.`,
      'name a file that ends in .test.ts or .e2e.ts, from this folder or from the checkout, such as e2e/sad-tab.e2e.ts.',
    );
  }
  return within;
}
