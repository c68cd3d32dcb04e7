import { shell } from 'electron';
import type { ProfileTrouble, ProfileTroubles } from '../../storage/files/profile-troubles.ts';
import type { SessionStore } from '../../tabs/session-store.ts';
import type { Notices } from './notices.ts';

const none = { how: null, signal: null, exitCode: null, pid: null };

/** Offers the tabs of a session that an earlier start could not read. */
export function noticeAside(sessionStore: SessionStore, notices: Notices): void {
  if (!sessionStore.hasAside) return;
  const notice = { victim: 'profile', name: 'session', outcome: 'readable', offer: 'open-tabs', ...none } as const;
  const answer = (open: boolean) => () => {
    notices.dismiss(id);
    sessionStore.answerAside(open);
  };
  const id = notices.add(notice, { follow: answer(true), decline: answer(false) });
}

/** Shows which parts of the profile cannot be read or written, including troubles from before the shell existed. */
export function noticeTroubles(troubles: ProfileTroubles, notices: Notices): void {
  const ids = new Map<ProfileTrouble, number>();
  const say = (trouble: ProfileTrouble) => {
    const { part: name, kind: outcome, why, file } = trouble;
    const notice = { victim: 'profile', name, outcome, why, ...none } as const;
    ids.set(
      trouble,
      file
        ? notices.add({ ...notice, offer: 'show-file' }, { follow: () => shell.showItemInFolder(file()) })
        : notices.add(notice),
    );
  };
  for (const trouble of troubles.all) say(trouble);
  troubles.on('began', say);
  troubles.on('ended', (trouble) => {
    const id = ids.get(trouble);
    ids.delete(trouble);
    if (id !== undefined) notices.dismiss(id);
  });
}
