import { readdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { Command } from 'commander';
import { type Bench, run } from './bench.ts';
import { formatTable } from './table.ts';
import { where } from './where.ts';

// Every file in this folder that ends in .bench.ts exports its rows as `benches`.

const options = new Command('npm run bench --')
  .description('Measures against floors in the same run, and prints one table.')
  .option('--only <prefix>', 'only rows whose id begins with this')
  .option('--json <file>', 'also write machine, runtime and rows to this file')
  .parse()
  .opts<{ only?: string; json?: string }>();

const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.ts')).sort();
const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ benches: Bench[] }>));
const all = modules.flatMap((module) => module.benches);
const benches = all.filter(({ id }) => id.startsWith(options.only ?? ''));
if (benches.length === 0) {
  process.stderr.write(`bulkhead: No row has an id that begins with ${JSON.stringify(options.only)}.\n`);
  process.stderr.write(`  What to do: name one of these:\n    ${all.map(({ id }) => id).join('\n    ')}\n`);
  process.exit(1);
}

const rows = [];
for (const bench of benches) {
  process.stderr.write(`${bench.id} …\n`);
  rows.push(await run(bench));
}
process.stdout.write(`${formatTable(rows)}\n`);
if (options.json !== undefined) {
  const { version, source } = where();
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
  };
  await writeFile(options.json, `${JSON.stringify({ machine, runtime: { version, source }, rows }, null, 2)}\n`);
}
