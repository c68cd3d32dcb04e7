import path from 'node:path';
import type { Notices } from './notices/notices.ts';
import type { ServiceEnds } from './notices/service-ends.ts';
import { ProfileFile } from './profile-files/profile-file.ts';
import type { ProfileTroubles } from './profile-files/profile-troubles.ts';

/** So many crashes of the network service within this time are taken for its sandbox's. */
const mostCrashes = 3;
const withinMs = 60_000;

export const networkSandboxFile = 'network-without-sandbox';
const mostBytes = 1024;

/**
 * Chromium's sandbox of the network service, which the runtime does not switch on by itself on Linux. A system call that
 * its filter does not know ends the service. Where that happens again and again on a machine, the next starts of this
 * profile do without the sandbox, until the runtime is another one.
 */
export class NetworkSandbox {
  readonly #file: ProfileFile;
  readonly #runtime: string;
  readonly isOn: boolean;
  #crashes: number[] = [];
  #hasFailed: boolean;

  /** `runtime`: its version. */
  constructor(profile: string, runtime: string, troubles: ProfileTroubles) {
    this.#file = new ProfileFile(path.join(profile, networkSandboxFile), { part: 'chromium', mostBytes, troubles });
    this.#runtime = runtime;
    this.#hasFailed = this.#file.readSync()?.content.toString() === runtime;
    this.isOn = !this.#hasFailed;
  }

  /** Counts a crash that nobody caused on purpose. True when this crash makes the next start run without the sandbox. */
  crashed(now = performance.now()): boolean {
    this.#crashes = [...this.#crashes.filter((at) => now - at < withinMs), now];
    if (this.#hasFailed || this.#crashes.length < mostCrashes) return false;
    this.#hasFailed = true;
    // ProfileFile reports a failed write. The next start then tries the sandbox again.
    this.#file.replace([this.#runtime]).catch(() => undefined);
    return true;
  }
}

/** Counts the crashes of the network service, and says when it runs without its sandbox, or will. */
export function watchNetworkSandbox(sandbox: NetworkSandbox, ends: ServiceEnds, notices: Notices): void {
  const none = { name: '', how: null, signal: null, exitCode: null, pid: null };
  if (!sandbox.isOn) notices.add({ ...none, victim: 'network-sandbox', outcome: 'missing' });
  ends.on('end', ({ victim, reason }) => {
    if (victim !== 'network' || reason !== 'crashed' || !sandbox.crashed()) return;
    console.error(
      'bulkhead: the network service has crashed again and again: the next start runs it without a sandbox',
    );
    notices.add({ ...none, victim: 'network-sandbox', outcome: 'given-up' });
  });
}
