import { statSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { callerPath, checkout } from '../checkout.ts';

/** Files of tests by who runs them, relative to the checkout. */
export interface TestFiles {
  /** Vitest's, which need nothing but Node. */
  readonly unit: readonly string[];
  /** Vitest's, which start the application, or the runtime. */
  readonly integration: readonly string[];
  /** Playwright's. */
  readonly endToEnd: readonly string[];
}

/**
 * Sorts the files that a person has named: by a path from where the person is, or from the checkout.
 * @throws SetupFailure for a name that is no file of tests
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
      `${name} is no file of tests.`,
      'name a file that ends in .test.ts or .e2e.ts, from here or from the checkout, such as e2e/sad-tab.e2e.ts.',
    );
  }
  return within;
}
