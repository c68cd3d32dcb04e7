import type { WindowState } from '@bulkhead/contracts';
import { noticeText, offerText, restoredText } from './notice-text.ts';
import type { ShellHost } from './shell-host.ts';
import { t } from './strings.ts';

/** One message to the user in the status bar. */
export interface Message {
  key: string;
  text: string;
  /** Whether it goes away after a while, because its event is over. */
  passing: boolean;
  dismiss: (() => void) | null;
  /** Action that the user can take. */
  action: { label: string; run: () => void } | null;
  /** Tells the browser that the message is on the screen. */
  painted: (push: ShellHost['push']) => void;
}

interface Sources {
  window: WindowState;
  /** Number of the last fault that could not be caused; null if there is none to report. */
  refusedFault: number | null;
  dismissRefusedFault: () => void;
  ask: (question: (host: ShellHost) => Promise<unknown>) => void;
}

/** Returns all messages to the user, oldest first. */
export function messagesOf({ window, refusedFault, dismissRefusedFault, ask }: Sources): Message[] {
  const { notices, session } = window;
  const messages = notices.map(
    (notice): Message => ({
      key: `notice ${notice.id} ${notice.outcome}`,
      text: noticeText(notice),
      passing: notice.outcome === 'back' || notice.outcome === 'continued',
      dismiss: () => ask(({ call }) => call.dismissNotice(notice.id)),
      action: notice.offer && {
        label: offerText(notice.offer, notice.outcome),
        run: () => ask(({ call }) => call.followNotice(notice.id)),
      },
      painted: (push) => push.painted({ what: 'notice', pid: notice.pid }),
    }),
  );
  // Held tabs have a bar of their own.
  if (session.restored && session.restored.held === null) {
    messages.push({
      key: 'restored',
      text: restoredText(session.restored),
      passing: false,
      dismiss: () => ask(({ call }) => call.dismissRestored()),
      action: null,
      painted: () => undefined,
    });
  }
  if (session.unsaved !== null) {
    const text = t('unsaved', { reason: session.unsaved });
    messages.push({ key: 'unsaved', text, passing: false, dismiss: null, action: null, painted: () => undefined });
  }
  if (refusedFault !== null) {
    messages.push({
      key: `refused ${refusedFault}`,
      text: t('faultRefused'),
      passing: true,
      dismiss: dismissRefusedFault,
      action: null,
      painted: () => undefined,
    });
  }
  return messages;
}
