import type { ProfileTrouble, ProfileTroubles } from '../profile-files/profile-troubles.ts';
import type { Notices } from './notices.ts';

/** Says in the interface what of the profile cannot be read or written, also what came before there was one. */
export function noticeTroubles(troubles: ProfileTroubles, notices: Notices): void {
  const ids = new Map<ProfileTrouble, number>();
  const say = (trouble: ProfileTrouble) => {
    const { part: name, kind: outcome, why } = trouble;
    const none = { how: null, signal: null, exitCode: null, pid: null };
    ids.set(trouble, notices.add({ victim: 'profile', name, outcome, why, ...none }));
  };
  for (const trouble of troubles.all) say(trouble);
  troubles.on('began', say);
  troubles.on('ended', (trouble) => {
    const id = ids.get(trouble);
    ids.delete(trouble);
    if (id !== undefined) notices.dismiss(id);
  });
}
