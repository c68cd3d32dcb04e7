import path from 'node:path';
import type { Notice } from '@bulkhead/contracts';
import type { ServiceEnds } from '../processes/service-ends.ts';
import { ProfileFile } from '../storage/files/profile-file.ts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import type { Notices } from '../supervision/notices/notices.ts';
import { Recent } from '../timing/recent.ts';

/** Number of crashes of the network service within `withinMs` after which its sandbox is suspected. */
const mostCrashes = 3;
const withinMs = 60_000;

export const networkSandboxFile = 'network-without-sandbox';
const mostBytes = 1024;

/**
 * Chromium's sandbox of the network service, which Electron does not enable on Linux by default. A system call that its
 * filter does not know ends the service. If that happens repeatedly on a machine, the user may disable it for the next
 * starts of this profile, until Electron's version changes. Only the user disables it, because a page can make the
 * service crash, too.
 */
export class NetworkSandbox {
  readonly #file: ProfileFile;
  readonly #runtime: string;
  /** In this run. */
  readonly isOn: boolean;
  /** In the next run, as far as is known now. */
  #staysOn: boolean;
  readonly #crashes = new Recent(withinMs);

  /** `runtime`: Electron's version. */
  constructor(profile: string, runtime: string, troubles: ProfileTroubles) {
    this.#file = new ProfileFile(path.join(profile, networkSandboxFile), { part: 'chromium', mostBytes, troubles });
    this.#runtime = runtime;
    this.isOn = this.#file.readSync()?.content.toString() !== runtime;
    this.#staysOn = this.isOn;
  }

  /** Counts a crash. Returns true after so many within a minute that the sandbox may be the cause. */
  crashed(now = performance.now()): boolean {
    if (this.#crashes.add(now) < mostCrashes || !this.#staysOn) return false;
    this.#crashes.clear();
    return true;
  }

  /** Saves the user's choice for the next starts. Rejects when it cannot be written; the user has then been told. */
  async choose(on: boolean): Promise<void> {
    await this.#file.replace([on ? '' : this.#runtime]);
    this.#staysOn = on;
  }
}

/** Reasons with which the service ends when its sandbox does not allow something. */
const ofSandbox = ['crashed', 'abnormal-exit', 'launch-failed'];

/** Counts the crashes of the network service, tells the user when it runs without its sandbox, and offers the choice. */
export function watchNetworkSandbox(sandbox: NetworkSandbox, ends: ServiceEnds, notices: Notices): void {
  const none = { name: '', how: null, signal: null, exitCode: null, pid: null };
  const say = (outcome: Notice['outcome'], offer: 'no-sandbox' | 'sandbox' | null) => {
    const follow = async () => {
      const on = offer === 'sandbox';
      await sandbox.choose(on);
      if (on && sandbox.isOn) notices.dismiss(id);
      else if (on) say('back', null);
      else say('gone', 'sandbox');
    };
    // ProfileFile reports a failed write, and the notice stays.
    const id = notices.add(
      { ...none, victim: 'network-sandbox', outcome, offer },
      { follow: () => void follow().catch(() => undefined) },
    );
  };
  if (!sandbox.isOn) say('missing', 'sandbox');
  ends.on('end', ({ victim, reason }) => {
    if (victim === 'network' && ofSandbox.includes(reason) && sandbox.crashed()) say('given-up', 'no-sandbox');
  });
}
