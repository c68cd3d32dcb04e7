import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { where } from '../where.ts';

// Measures how long one message of a page's process blocks the browser's thread before the application can judge it.

const profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-messages-'));
try {
  const child = spawn(where().electron, [path.join(import.meta.dirname, 'app'), profile], {
    stdio: ['ignore', 'inherit', 'ignore'],
    env: { ...process.env, HOME: profile },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = Number(code ?? 1);
} finally {
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
