import type { Notice, WindowState } from '@bulkhead/contracts';
import { noticeText, offerText, pluginNoticeText, restoredText } from './notice-text.ts';
import type { PluginNotice } from './plugin-notices.ts';
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
  /** The last event of a plugin that the shell saw, until it is dismissed. */
  pluginNotice: PluginNotice | null;
  dismissPluginNotice: () => void;
  /** Number of the last fault that could not be caused; null if there is none to report. */
  refusedFault: number | null;
  dismissRefusedFault: () => void;
  ask: (question: (host: ShellHost) => Promise<unknown>) => void;
}

/** Returns all messages to the user, oldest first. */
export function messagesOf({
  window,
  pluginNotice,
  dismissPluginNotice,
  refusedFault,
  dismissRefusedFault,
  ask,
}: Sources): Message[] {
  const { notices, session } = window;
  const messages = notices.map((notice): Message => {
    const isPlugin = notice.victim === 'plugin' && notice.name === pluginNotice?.plugin;
    return {
      key: `notice ${notice.id} ${notice.outcome}`,
      text: noticeText(notice),
      passing: notice.outcome === 'back' || notice.outcome === 'continued',
      dismiss: () => {
        if (isPlugin) dismissPluginNotice();
        ask(({ call }) => call.dismissNotice(notice.id));
      },
      action: notice.offer && {
        label: offerText(notice.offer, notice.outcome),
        run: () => ask(({ call }) => call.followNotice(notice.id)),
      },
      painted: (push) => noticePainted(push, notice),
    };
  });
  // Without a notice from the browser, the difference between two states tells the same.
  if (pluginNotice && !notices.some(({ victim, name }) => victim === 'plugin' && name === pluginNotice.plugin)) {
    const { plugin: name, end, outcome } = pluginNotice;
    messages.push({
      key: `plugin ${name} ${end.at} ${outcome.state}`,
      text: pluginNoticeText(pluginNotice),
      passing: outcome.state === 'back',
      dismiss: dismissPluginNotice,
      action: null,
      painted: (push) => push.pluginEndPainted({ name, pid: end.pid }),
    });
  }
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

function noticePainted(push: ShellHost['push'], { id, victim, name, pid }: Notice): void {
  push.noticePainted({ id, pid });
  if (victim === 'plugin') push.pluginEndPainted({ name, pid });
}
