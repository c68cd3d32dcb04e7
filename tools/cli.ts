import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { describeError } from './bootstrap/failure.mjs';
import { checkout } from './checkout.ts';
import type { BenchOptions } from './commands/bench.ts';
import type { ChaosOptions } from './commands/chaos.ts';
import type { DevOptions } from './commands/dev.ts';
import type { EndToEndCommandOptions } from './commands/e2e.ts';
import type { LabOptions } from './commands/lab.ts';
import type { PackageOptions } from './commands/package.ts';
import type { StartOptions } from './commands/start.ts';
import { HOW_THE_DRILL_MEASURES } from './help.ts';
import { endOnSignals } from './setup/exit.ts';

// Each command is imported only when it runs, so that its imports do not slow down the others.
const program = new Command('bulkhead').helpCommand(false);
const { version } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as { version: string };

command('start', 'Set up what is missing, then open the window. Without a display: run the drill.')
  .usage('[-- [options] [URL…]]')
  .argument('[URL...]', 'pages to open: addresses, or HTML files')
  .option('--profile <folder>', "where tabs and settings are kept (default: the user's own folder)")
  .addOption(
    new Option(
      '--drill [extent]',
      'damage tabs and the plugin on purpose, and measure the others; =full: every fault',
    ).choices(['full']),
  )
  .option('--json <file>', "file for the drill's result")
  .option('--screenshot <file>', "file for the drill's picture (default: in out/drill)")
  .addHelpText('after', HOW_THE_DRILL_MEASURES)
  .action(async (addresses: string[], options: StartOptions) => {
    const { runStart } = await import('./commands/start.ts');
    process.exitCode = await runStart(addresses, options);
  });

command(
  'dev',
  'Open the window, and follow changes of the code: reload shell and pages, or restart the browser process.',
)
  .usage('[-- [options] [URL…]]')
  .argument('[URL...]', 'pages to open: addresses, or HTML files')
  .option('--profile <folder>', 'where tabs and settings are kept (default: one for this command alone)')
  .option('--components', 'show every component and every state of the shell in the first tab')
  .option('--inspector-port <port>', 'for a debugger of the browser process', port, 9229)
  .option('--devtools-port <port>', 'for a debugger of shell, pages and tabs', port, 9222)
  .action(async (addresses: string[], options: DevOptions) => {
    const { runDev } = await import('./commands/dev.ts');
    process.exitCode = await runDev(addresses, options);
  });

command('where', 'Set up what is missing, then print how to launch the application, as JSON.').action(async () => {
  const { runWhere } = await import('./commands/where.ts');
  process.exitCode = await runWhere();
});

command('build', 'Bundle the application into out/.').action(async () => {
  const { runBuild } = await import('./commands/build.ts');
  process.exitCode = await runBuild();
});

command('package', 'Put the application and its Electron into one folder that runs by itself (Linux only).')
  .option('--output <folder>', 'parent of the new folder (default: out/package)')
  .action(async (options: PackageOptions) => {
    const { runPackage } = await import('./commands/package.ts');
    process.exitCode = await runPackage(options);
  });

command('check', 'Check format, lint, types and import rules, and run the unit tests.').action(async () => {
  const { runCheck } = await import('./commands/check.ts');
  process.exitCode = await runCheck();
});

command('fix', 'Format the code, and mend what the linter can mend by itself.').action(async () => {
  const { runFix } = await import('./commands/fix.ts');
  process.exitCode = await runFix();
});

command('test', 'Run every check and every test, or only the named files, and look for leftovers.')
  .usage('[-- [options] [FILE…]]')
  .argument('[file...]', 'test files: *.test.ts, *.integration.test.ts and *.e2e.ts')
  .action(async (files: string[]) => {
    const { runTest } = await import('./commands/test.ts');
    process.exitCode = await runTest(files);
  });

command('e2e', 'Run the end-to-end tests, or some of them, and look for leftovers.')
  .usage('[-- [options] [FILE…]]')
  .argument('[file...]', 'parts of file names')
  .option('-g, --grep <pattern>', 'only tests with matching names')
  .option('--repeat <number>', 'number of runs of each test', wholeNumber)
  .option('--update-snapshots', 'take the pictures of components again that do not match any more')
  .action(async (files: string[], options: EndToEndCommandOptions) => {
    const { runEndToEnd } = await import('./commands/e2e.ts');
    process.exitCode = await runEndToEnd(files, options);
  });

command('bench', 'Measure against a floor in the same run, and print one table.')
  .option(
    '--only <prefix>',
    'only rows whose id starts with this; of floods, only those with one of these in their names',
  )
  .option('--json <file>', 'also write machine, runtime and rows to this file')
  .option('--floods', 'instead, flood the browser from a page by plain script: about eighty kinds, a minute each')
  .option('--seconds <number>', 'of floods: duration of each (default: a minute)', numberAbove0)
  .option('--alone', 'of floods: without a minimal application for comparison')
  .option('--messages', 'instead, measure how long large messages of a page block the browser')
  .action(async (options: BenchOptions) => {
    const { runBench } = await import('./commands/bench.ts');
    process.exitCode = await runBench(options);
  });

command('chaos', 'Break tabs and services at random, and check that no other tab is affected and nothing leaks.')
  .option('--seed <number>', 'repeat the faults of this seed (default: a new seed)', wholeNumber)
  .option('--minutes <number>', 'duration', numberAbove0, 1)
  .option('--faults <number>', 'end after this number of faults', wholeNumber)
  .option('--tabs <number>', 'number of tabs', wholeNumber, 12)
  .option('--pages', 'instead, open random hostile pages')
  .option(
    '--signals <number>',
    'instead, send this number of random signals to its processes from outside',
    wholeNumber,
  )
  .action(async (options: ChaosOptions) => {
    const { runChaos } = await import('./commands/chaos.ts');
    process.exitCode = await runChaos(options);
  });

command('lab', 'Run lessons of the IPC lab on real processes, and print what happened.')
  .usage('[-- [options] [LESSON…]]')
  .argument('[lesson...]', 'names of lessons, or "all"; with parameters: "NAME?name=value&name=value"')
  .option('--list', 'list the lessons, each with the statement of the chapter that it proves')
  .option('--json [file]', 'file for the result (without a file: print it)')
  .option('--set <name=value...>', 'set parameters of all lessons')
  .option('--limit <name=value...>', 'lower the limits: seconds, cpuSeconds, memoryMiB')
  .action(async (lessons: string[], options: LabOptions) => {
    const { runLab } = await import('./commands/lab.ts');
    process.exitCode = await runLab(lessons, options);
  });

function numberAbove0(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError('It is a number from 0 to 65535; 0 takes any free port.');
  }
  return number;
}

function command(name: string, description: string): Command {
  const npm = `npm ${['start', 'test'].includes(name) ? name : `run ${name}`}`;
  return program
    .command(name)
    .usage('[-- [options]]')
    .description(description)
    .version(`bulkhead ${version}`)
    .configureHelp({
      commandUsage: (each) => `${npm} ${each.usage()}`,
    })
    .showHelpAfterError(`  What to do: ${npm} -- --help shows the options.`);
}

// Captured output of tools is shown on this process's output, so they use colour if this process does.
if (process.stdout.isTTY) process.env.FORCE_COLOR ??= '1';
else process.env.NO_COLOR ??= '1';
endOnSignals();
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
