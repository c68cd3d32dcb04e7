import path from 'node:path';
import { expect, it } from 'vitest';
import { CheckoutCopy } from '../testing/checkout-copy.ts';
import { runCommand } from '../testing/command.ts';

const TEST_MS = 180_000;

it(
  'formats a file in place, and names the place that only its author can mend',
  async () => {
    const copy = new CheckoutCopy();
    const formatted = copy.read('tools/checkout.ts');
    copy.change('tools/checkout.ts', "import path from 'node:path';", 'import   path from "node:path"');
    copy.change('tools/help.ts', 'export const ', 'export const anything: any = 1;\nexport const ');
    const command = [process.execPath, path.join(copy.folder, 'tools/bootstrap.cjs'), 'fix'];
    const { code, stdout, stderr } = await runCommand(command, { cwd: copy.folder }).ended;
    expect(copy.read('tools/checkout.ts'), stdout + stderr).toBe(formatted);
    expect(stdout).toMatch(/tools\/help\.ts:\d+:\d+ lint\/suspicious\/noExplicitAny/);
    expect(code).toBe(1);
  },
  TEST_MS,
);
