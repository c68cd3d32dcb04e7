import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkoutFiles } from '../bootstrap/work-copy.mjs';
import { checkout } from '../checkout.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A checkout that a test may change: its own sources, with the packages that are installed in this one. */
export class CheckoutCopy {
  readonly folder = path.join(temporaryFolder(), 'checkout');

  constructor() {
    for (const file of checkoutFiles(checkout)) {
      mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
      cpSync(path.join(checkout, file), path.join(this.folder, file));
    }
    symlinkSync(path.join(checkout, 'node_modules'), path.join(this.folder, 'node_modules'));
    const parents = ['.', 'apps', 'packages', 'plugins'];
    const members = parents.flatMap((each) =>
      readdirSync(path.join(checkout, each)).map((name) => path.join(each, name)),
    );
    for (const member of members) {
      const installed = path.join(member, 'node_modules');
      if (member === 'node_modules' || !existsSync(path.join(checkout, installed))) continue;
      // Links to the workspace's packages are relative: here they lead to the copy's own.
      cpSync(path.join(checkout, installed), path.join(this.folder, installed), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
  }

  read(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  /** Puts one text in the place of another, which has to be there. */
  change(file: string, from: string, to: string): void {
    const before = this.read(file);
    if (!before.includes(from)) throw new Error(`${file} does not contain ${from}`);
    writeFileSync(path.join(this.folder, file), before.replace(from, to));
  }
}
