import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { formatAndLintChecker, importChecker, runChecker, svelteChecker, typeChecker } from './checkers.ts';

// Each checker gets code that it must refuse: a checker that cannot fail checks nothing.

const TEST_MS = 60_000;

describe('types', () => {
  const config = (name: string) => path.join('tools/verify/fixtures', name);

  it.each([
    ['a Node global in a page', 'tsconfig.node-in-page.json', "Cannot find name 'process'"],
    ['a document in the browser process', 'tsconfig.document-in-browser.json', "Cannot find name 'document'"],
    ['a document in what every process shares', 'tsconfig.document-in-neutral.json', "Cannot find name 'document'"],
    ['a Node global in a preload', 'tsconfig.node-in-tab.json', "Cannot find name 'process'"],
  ])(
    '%s does not compile',
    async (_what, tsconfig, message) => {
      const { passed, failed, output } = await runChecker(typeChecker(config(tsconfig), 'a fixture'));
      expect(output).toContain(message);
      expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
    },
    TEST_MS,
  );

  it(
    'a Node global in a component does not compile',
    async () => {
      const { failed, output } = await runChecker(svelteChecker(config('tsconfig.node-in-component.json')));
      expect(output).toContain("Cannot find name 'process'");
      expect(failed).toBe(1);
    },
    TEST_MS,
  );
});

/** Makes a folder with these files. */
function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

describe('imports', () => {
  /** A rule, and a file that breaks it. */
  const broken = [
    ['only-rpc-imports-comlink', 'apps/one/comlink.ts', "import { wrap } from 'comlink';\nwrap();\n"],
    ['only-shared-memory-imports-koffi', 'packages/rpc/koffi.ts', "import koffi from 'koffi';\nkoffi();\n"],
    ['nothing-imports-an-app', 'packages/ui/app.ts', "export * from '../../apps/one/fine.ts';\n"],
    ['no-app-or-plugin-reaches-into-another', 'apps/one/app.ts', "export * from '../two/fine.ts';\n"],
    ['no-app-or-plugin-reaches-into-another', 'plugins/one/app.ts', "export * from '../../apps/two/fine.ts';\n"],
    ['packages-know-no-plugin', 'packages/ui/plugin.ts', "export * from '../../plugins/one/fine.ts';\n"],
    ['product-imports-no-tooling', 'apps/one/tool.ts', "export * from '../../tools/fine.ts';\n"],
    ['packages-by-their-name', 'apps/one/package.ts', "export * from '../../packages/rpc/fine.ts';\n"],
    ['no-cycles', 'apps/one/cycle.ts', "import { half } from './half.ts';\nexport const whole = () => half();\n"],
    ['everything-resolves', 'apps/one/missing.ts', "export * from './nowhere.ts';\n"],
  ] as const;

  const fine = ['apps/one', 'apps/two', 'plugins/one', 'packages/rpc', 'tools'].map((folder) => `${folder}/fine.ts`);
  const files = {
    ...Object.fromEntries(broken.map(([, file, text]) => [file, text])),
    ...Object.fromEntries(fine.map((file) => [file, 'export const fine = 1;\n'])),
    'apps/one/half.ts': "import { whole } from './cycle.ts';\nexport const half = () => whole();\n",
    'apps/one/inside.ts': "export * from './fine.ts';\n",
  };

  it(
    'that break a rule are reported under that rule, and no others',
    async () => {
      const { failed, output } = await runChecker(importChecker(folderOf(files), ['apps', 'packages', 'plugins']));
      const reported = [...output.matchAll(/error ([\w-]+): (\S+)/g)].map(([, rule, file]) => `${rule} ${file}`);
      for (const [rule, file] of broken) expect(reported).toContain(`${rule} ${file}`);
      expect(output).not.toContain('inside.ts');
      expect(failed).toBe(1);
    },
    TEST_MS,
  );

  it(
    'that break no rule are not reported',
    async () => {
      const clean = {
        'apps/one/inside.ts': files['apps/one/inside.ts'],
        'apps/one/fine.ts': 'export const fine = 1;\n',
      };
      const { failed, output } = await runChecker(importChecker(folderOf(clean), ['apps']));
      expect(failed, output).toBe(0);
    },
    TEST_MS,
  );
});

describe('format and lint', () => {
  /** Checks a checkout with only this file. */
  function check(file: string, text: string) {
    const folder = folderOf({ [file]: text, '.gitignore': 'node_modules/\n' });
    mkdirSync(path.join(folder, 'tools/verify'), { recursive: true });
    for (const rules of ['biome.json', 'tools/verify/ports-through-rpc.grit']) {
      copyFileSync(path.join(checkout, rules), path.join(folder, rules));
    }
    return runChecker(formatAndLintChecker(folder));
  }

  it.each([
    ['any', 'packages/rpc/src/a.ts', 'export const it = (one: any) => one;\n', 'noExplicitAny'],
    ['a Node module in a preload', 'apps/tab/src/a.ts', "export * from 'node:fs';\n", 'noNodejsModules'],
    ['a Node module in a page', 'apps/shell/src/a.ts', "export * from 'node:fs';\n", 'noNodejsModules'],
    ['a warning', 'apps/shell/src/a.ts', 'const it = 1;\n', 'noUnusedVariables'],
    ['unformatted code', 'apps/tab/src/a.ts', 'export   const it = 1\n', 'Formatter would have printed'],
  ])(
    '%s is reported',
    async (_what, file, text, message) => {
      const { failed, output } = await check(file, text);
      expect(output).toContain(message);
      expect(failed).toBe(1);
    },
    TEST_MS,
  );

  const raw = 'Ports are spoken on through packages/rpc alone';

  it.each([
    ['a message sent', 'apps/browser/src/a.ts', 'port.postMessage(1);'],
    ['a message sent if there is a port', 'apps/pages/src/a.ts', 'port?.postMessage(1);'],
    ['a way to send', 'packages/ui/src/a.ts', 'export const send = port.postMessage;'],
    ['a listener', 'apps/plugin-host/src/a.ts', "port.on('message', it);"],
    ['a listener for once', 'plugins/one/src/a.ts', "process.parentPort.once('message', it);"],
    ['a listener of the document', 'apps/shell/src/a.ts', "port.addEventListener('message', it);"],
    ['a handler', 'packages/contracts/src/a.ts', 'port.onmessage = it;'],
    ['a call without a port', 'apps/tab/src/a.ts', "ipcRenderer.invoke('it');"],
    ['an answer without a port', 'apps/browser/src/a.ts', "ipcMain.handle('it', it);"],
  ])(
    '%s outside packages/rpc is reported',
    async (_what, file, text) => {
      const { failed, output } = await check(file, `${text}\n`);
      expect(output).toContain(raw);
      expect(failed).toBe(1);
    },
    TEST_MS,
  );

  it(
    'a message of packages/rpc, of a test, or to hand a port over is not reported',
    async () => {
      for (const file of ['packages/rpc/src/a.ts', 'apps/tab/src/a.test.ts', 'apps/tab/src/hand-over.ts']) {
        const { failed, output } = await check(file, 'port.postMessage(1);\n');
        expect(failed, output).toBe(0);
      }
    },
    TEST_MS,
  );

  it(
    'clean code is not reported',
    async () => {
      const { failed, output } = await check('apps/tab/src/a.ts', 'export const it = 1;\n');
      expect(failed, output).toBe(0);
    },
    TEST_MS,
  );
});
