import { expect, it } from 'vitest';
import type { Runtime } from './runtime.ts';
import { explainNoSandbox, readSetting } from './sandbox-remedy.ts';

const runtime: Runtime = { folder: '/r', executable: '/r/electron', version: '1.2.3', source: 'env' };
const text = (settings: Record<string, string>) => explainNoSandbox(runtime, (name) => settings[name]).text();

it.each([
  ['user.max_user_namespaces', '15000'],
  ['kernel.unprivileged_userns_clone', '1'],
])('names %s when it is 0, and the command that sets it', (name, value) => {
  expect(text({ [name]: '0' })).toContain(`user namespaces are switched off (${name} = 0)`);
  expect(text({ [name]: '0' })).toContain(`sudo sysctl -w ${name}=${value}`);
});

it('gives the AppArmor profile for this executable', () => {
  const said = text({ 'kernel.apparmor_restrict_unprivileged_userns': '1', 'user.max_user_namespaces': '100' });
  expect(said).toContain('AppArmor lets only programs that have a profile use user namespaces');
  expect(said).toContain('profile bulkhead "/r/electron" flags=(unconfined) {');
  expect(said).toContain('sudo apparmor_parser -r /etc/apparmor.d/bulkhead');
});

it('mentions containers if no setting explains it', () => {
  expect(text({})).toContain('start the container with a seccomp profile');
});

it('always offers the SUID helper', () => {
  expect(text({})).toContain('sudo chown root:root /r/chrome-sandbox && sudo chmod 4755 /r/chrome-sandbox');
});

it('reads the settings of this kernel', () => {
  expect(readSetting('kernel.pid_max')).toMatch(/^\d+$/);
  expect(readSetting('kernel.no_such_setting')).toBeUndefined();
});
