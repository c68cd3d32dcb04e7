import { Command } from 'commander';
import { describeError } from './bootstrap/failure.mjs';
import { endOnSignals } from './setup/exit.ts';

const program = new Command('bulkhead').showHelpAfterError('(--help shows what there is)');

program
  .command('where')
  .description('print how to launch the application, as JSON')
  .action(async () => {
    const { runWhere } = await import('./commands/where.ts');
    process.exitCode = await runWhere();
  });

program
  .command('build')
  .description('bundle the application into out/')
  .action(async () => {
    const { runBuild } = await import('./commands/build.ts');
    process.exitCode = await runBuild();
  });

endOnSignals();
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
}
