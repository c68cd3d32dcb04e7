import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { asOrdinaryUser, type CommandOptions, runCommand } from '../testing/command.ts';
import { REFUSING, serve } from '../testing/loopback-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { checkLeftovers, sharedMemoryNames } from '../verify/leftovers.ts';

/** Makes a checkout without installed dependencies. The test does not need them. */
function makeCheckout(): string {
  const checkout = path.join(temporaryFolder(), 'checkout');
  for (const folder of ['apps', 'packages', 'plugins']) mkdirSync(path.join(checkout, folder), { recursive: true });
  writeFileSync(path.join(checkout, 'package.json'), JSON.stringify({ packageManager: 'pnpm@12.21.0' }));
  return checkout;
}

/** Installs in a separate process, as tools/bootstrap.cjs does, and shows its failure. */
function install(checkout: string, options: CommandOptions) {
  const at = (file: string) => JSON.stringify(pathToFileURL(path.join(import.meta.dirname, file)).href);
  const script = `
    import { installDependencies } from ${at('dependencies.mjs')};
    import { describeError } from ${at('failure.mjs')};
    installDependencies(${JSON.stringify(checkout)}).catch((error) => {
      console.error(describeError(error));
      process.exitCode = 1;
    });`;
  return runCommand([process.execPath, '--input-type=module', '--eval', script], options);
}

it('names the registry that cannot be reached', async () => {
  const checkout = makeCheckout();
  const environment = { npm_config_registry: `${REFUSING}/`, npm_config_cache: temporaryFolder() };
  const { code, stderr } = await install(checkout, { environment }).ended;
  expect(stderr).toContain(`The dependencies cannot be installed: the npm registry ${REFUSING} cannot be reached.`);
  expect(stderr).toContain('npm config get registry');
  expect(code).toBe(1);
  expect(existsSync(path.join(checkout, 'node_modules/.bulkhead-installed'))).toBe(false);
});

it('leaves no process running when it is told to end', async () => {
  const checkout = makeCheckout();
  // A registry that never answers, so that the package manager waits for it.
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const registry = await serve(() => ask());
  const id = randomUUID();
  const environment = { npm_config_registry: `${registry}/`, npm_config_cache: temporaryFolder(), BULKHEAD_RUN: id };
  const run = install(checkout, { environment });
  await Promise.race([asked, run.ended]);
  run.child.kill('SIGTERM');
  expect((await run.ended).code).toBe(128 + 15);
  const leftovers = { id, temporary: temporaryFolder(), sharedMemoryBefore: sharedMemoryNames() };
  expect(await checkLeftovers(leftovers)).toMatchObject({ failed: 0 });
});

it('reports that a checkout cannot be written', async () => {
  const checkout = makeCheckout();
  chmodSync(checkout, 0o555);
  const { code, stderr } = await install(checkout, { prefix: asOrdinaryUser().prefix }).ended;
  expect(stderr).toMatch(/The dependencies are not installed and .*node_modules cannot be written \(EACCES\)/);
  expect(code).toBe(1);
});
