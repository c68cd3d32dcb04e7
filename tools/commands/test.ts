import { withDisplay } from '../setup/display.ts';
import { type Prepared, prepare, where } from '../setup/prepare.ts';
import { runEndToEndTests } from '../verify/end-to-end.ts';
import { runTests } from '../verify/run.ts';
import { sortTestFiles } from '../verify/test-files.ts';
import { runIntegrationTests, runLessonTests, runTestFiles } from '../verify/vitest.ts';
import { check } from './check.ts';

/** Runs all checks and tests, or only the named test files. */
export function runTest(names: readonly string[]): Promise<number> {
  return names.length > 0 ? runFiles(names) : runAll();
}

function runAll(): Promise<number> {
  return runTests(async ({ environment, folder }, tell) => {
    await check(tell, environment);
    const prepared = await prepare();
    // One runner after the other: each uses all processors.
    tell(await onDisplay(prepared, environment, runIntegrationTests));
    // Lessons measure, so nothing else runs at the same time.
    tell(await onDisplay(prepared, environment, runLessonTests));
    tell(await runEndToEndTests(prepared, folder, environment));
  });
}

async function runFiles(names: readonly string[]): Promise<number> {
  const { unit, integration, endToEnd } = sortTestFiles(names);
  return runTests(async ({ environment, folder }, tell) => {
    if (unit.length > 0) tell(await runTestFiles('unit tests', unit, environment));
    if (integration.length + endToEnd.length === 0) return;
    const prepared = await prepare();
    if (integration.length > 0) {
      tell(await onDisplay(prepared, environment, (each) => runTestFiles('integration tests', integration, each)));
    }
    if (endToEnd.length > 0) tell(await runEndToEndTests(prepared, folder, environment, endToEnd));
  });
}

/** Runs tests that start the app themselves. */
function onDisplay<T>(
  prepared: Prepared,
  environment: NodeJS.ProcessEnv,
  run: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const whereabouts = { BULKHEAD_WHERE: JSON.stringify(where(prepared)) };
  return withDisplay(prepared, (display) => run({ ...environment, ...whereabouts, ...display }));
}
